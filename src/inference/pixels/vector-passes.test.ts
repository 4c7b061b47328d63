import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../backdrop/seeded-random.ts'
import { type Kernel, resamplingTaps, type Taps } from './kernels.ts'
import { boxPass, convolve, resampleInto } from './vector-passes.ts'

/** Few and small; then one of whose rows only four fit into a band. */
const shape = fc.oneof(
  fc.record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) }),
  fc.constant({ width: 2900, height: 21 })
)
const seed = fc.integer({ min: 1, max: 1_000_000 })
const seededNoise = (length: number, from: number) => Float32Array.from({ length }, seededRandom(from))
const clamp = (value: number, last: number) => Math.min(Math.max(value, 0), last)

/** What weights beside and above one another come to, in doubles; edges repeat. @param weight by distance */
function weighted(data: Float32Array, width: number, height: number, channels: number, weight: readonly number[]) {
  const along = (values: ArrayLike<number>, count: number, step: number, start: (line: number) => number) => {
    const made = new Float64Array(values.length)
    for (let line = 0; line < values.length / count; line++) {
      for (let at = 0; at < count; at++) {
        let sum = 0
        for (let by = 1 - weight.length; by < weight.length; by++) {
          sum += (weight[Math.abs(by)] ?? 0) * (values[start(line) + step * clamp(at + by, count - 1)] ?? 0)
        }
        made[start(line) + step * at] = sum
      }
    }
    return made
  }
  const rows = along(
    data,
    width,
    channels,
    (line) => Math.floor(line / channels) * width * channels + (line % channels)
  )
  return along(rows, height, width * channels, (line) => line)
}

function resampled(data: Float32Array, width: number, channels: number, across: Taps, down: Taps): Float64Array {
  const made = new Float64Array(across.first.length * down.first.length * channels)
  const span = across.first.length * channels
  for (let at = 0; at < made.length; at++) {
    const y = Math.floor(at / span)
    const x = Math.floor((at % span) / channels)
    for (let v = 0; v < down.taps; v++) {
      for (let u = 0; u < across.taps; u++) {
        const from = ((down.first[y] ?? 0) + v) * width + (across.first[x] ?? 0) + u
        const weight = (down.weights[y * down.taps + v] ?? 0) * (across.weights[x * across.taps + u] ?? 0)
        made[at] = (made[at] ?? 0) + weight * (data[from * channels + (at % channels)] ?? 0)
      }
    }
  }
  return made
}

function farthest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let most = one.length === other.length ? 0 : Number.POSITIVE_INFINITY
  for (let at = 0; at < one.length; at++) most = Math.max(most, Math.abs((one[at] ?? 0) - (other[at] ?? 0)))
  return most
}

const TOLERANCE = 1e-6

describe('boxPass', () => {
  it('is the weighted mean of the square, at any number of channels', () => {
    fc.assert(
      fc.property(
        ...([
          shape,
          fc.constantFrom(1, 3, 4, 9, 13),
          fc.integer({ min: 0, max: 12 }),
          fc.double({ min: 0, max: 0.99, noNaN: true })
        ] as const),
        seed,
        ({ width, height }, channels, radius, edge, from) => {
          const data = seededNoise(width * height * channels, from)
          const norm = 1 / (2 * radius + 1 + 2 * edge)
          const weights = [...new Array<number>(radius + 1).fill(norm), edge * norm]
          const expected = weighted(data, width, height, channels, weights)
          boxPass(data, width, height, channels, radius, edge)
          expect(farthest(data, expected)).toBeLessThan(TOLERANCE)
        }
      ),
      { numRuns: 30 }
    )
  })
})

describe('convolve', () => {
  it('is the weighted sum, and leaves its input alone', () => {
    fc.assert(
      fc.property(shape, fc.constantFrom(1, 3), fc.integer({ min: 0, max: 8 }), seed, (size, channels, reach, from) => {
        const { width, height } = size
        const data = seededNoise(width * height * channels, from)
        const taps = seededNoise(reach + 1, from + 1).map((tap) => tap / (2 * reach + 1))
        const before = data.slice()
        const made = new Float32Array(data.length)
        convolve(data, made, width, height, channels, taps)
        expect(farthest(made, weighted(data, width, height, channels, [...taps]))).toBeLessThan(TOLERANCE)
        expect(farthest(data, before)).toBe(0)
      }),
      { numRuns: 30 }
    )
  })
})

describe('resampleInto', () => {
  it('is the sum of the taps along both axes', () => {
    fc.assert(
      fc.property(
        ...([
          shape,
          fc.constantFrom<1 | 3>(1, 3),
          fc.constantFrom<Kernel>('area', 'bilinear', 'cubic', 'lanczos3')
        ] as const),
        ...([fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), seed] as const),
        ({ width, height }, channels, kernel, fortieths, toHeight, from) => {
          // To a fortieth at most: of thousands of taps floats lose more than the tolerance.
          const toWidth = Math.ceil((width * fortieths) / 40)
          const data = seededNoise(width * height * channels, from)
          const across = resamplingTaps(width, toWidth, kernel)
          const down = resamplingTaps(height, toHeight, kernel)
          const made = new Float32Array(toWidth * toHeight * channels)
          resampleInto(made, { data, begin: (y) => y * width * channels }, channels, across, down)
          expect(farthest(made, resampled(data, width, channels, across, down))).toBeLessThan(TOLERANCE)
        }
      ),
      { numRuns: 30 }
    )
  })

  it('may be called from the rows of another', () => {
    const data = seededNoise(40 * 40 * 3, 7)
    const taps = resamplingTaps(40, 25, 'lanczos3')
    const begin = (y: number) => 120 * y
    const [plain, nested, inner] = [0, 1, 2].map(() => new Float32Array(25 * 25 * 3))
    if (!plain || !nested || !inner) throw new Error('three pictures')
    resampleInto(plain, { data, begin }, 3, taps, taps)
    const interrupted = (y: number) => {
      resampleInto(inner, { data, begin }, 3, taps, taps)
      return begin(y)
    }
    resampleInto(nested, { data, begin: interrupted }, 3, taps, taps)
    expect(farthest(nested, plain)).toBe(0)
  })
})
