import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { gaussianNoise } from './gaussian-noise.ts'
import { normalQuantiles } from './normal-quantile.ts'

/** `statistics.NormalDist().inv_cdf((word + .5) / 2**32)` of CPython 3.11. */
const QUANTILES = [
  [0, -6.337957754553789],
  [1, -6.166429517819749],
  [1000, -5.039851125968711],
  [5_000_000, -3.044805710276374],
  [100_000_000, -1.990225241389144],
  [322_122_547, -1.4395314704450153],
  [322_122_548, -1.4395314688002132],
  [1_000_000_000, -0.7295565530758739],
  [2_147_483_648, 2.9180993729166234e-10],
  [3_500_000_000, 0.896125958928921],
  [4_294_967_290, 5.957507662988571],
  [4_294_967_295, 6.337957754553789]
] as const

/**
 * SHA-256 of the first 100,000 numbers as little-endian 32-bit floats, by a Python program of a dozen lines: SplitMix64,
 * xoshiro128**, `NormalDist().inv_cdf`, `struct.pack('<f')`.
 */
const STREAMS = [
  [0, '86dd12f1b194494c44015c992fe37be797ceede4f9e271bad0d2185c844114ce'],
  [1, 'e6525a29af7ff6174b72a2d0e8f1298fa9f5efb90f081c268fdbd140a0fccbc3'],
  [Number.MAX_SAFE_INTEGER, '02b2484dcff6a49fde69e3c34b1947fb1fbb1c5662388bbb56e3a244d0cbba8f']
] as const

describe('normalQuantiles', () => {
  it.each(QUANTILES)('of word %d', (word, expected) => {
    const into = new Float64Array(1)
    normalQuantiles(Uint32Array.of(word), into)
    expect(Math.abs((into[0] ?? 0) - expected)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected)))
  })
})

describe('gaussianNoise', () => {
  it.each(STREAMS)('of seed %d is the same everywhere, bit by bit', (seed, digest) => {
    const bytes = Buffer.from(gaussianNoise(seed, 100_000).buffer)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest)
  })

  it('is Gaussian', () => {
    const noise = Float64Array.from(gaussianNoise(42, 200_000))
    const moment = (power: number) => noise.reduce((sum, value) => sum + value ** power, 0) / noise.length
    expect(moment(1)).toBeCloseTo(0, 2)
    expect(moment(2)).toBeCloseTo(1, 2)
    expect(moment(4)).toBeCloseTo(3, 1)
    const neighbours = noise.reduce((sum, value, at) => sum + value * (noise[at + 1] ?? 0), 0) / noise.length
    expect(neighbours).toBeCloseTo(0, 2)
  })
})
