import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyRaster, farthest, mean, range, rowsOfRaster } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { denoised } from './denoise.ts'

const strength = fc.double({ min: 0, max: 1, noNaN: true })

/** Even light with noise whose root has this deviation, about. */
function noisy(width: number, height: number, level: number, deviation: number): Raster {
  const picture = createRaster(width, height, 3)
  let state = 12345
  picture.data.forEach((_, at) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    picture.data[at] = (Math.sqrt(level) + deviation * Math.sqrt(12) * (state / 2 ** 32 - 0.5)) ** 2
  })
  return picture
}

const deviation = ({ data }: Raster) => {
  const middle = mean(data)
  return Math.sqrt(mean(data.map((value) => (value - middle) ** 2)))
}

describe('denoised', () => {
  it('stays within the range of any picture', () => {
    fc.assert(
      fc.property(anyRaster(3, { width: [1, 14], height: [1, 14], most: 4 }), strength, (picture, by) => {
        const before = range(picture.data)
        const after = range(denoised(picture, by).data)
        expect(after.least).toBeGreaterThanOrEqual(0)
        // Lines fitted in windows may overshoot a step, by less than a quarter of it.
        expect(after.most).toBeLessThanOrEqual(before.most + 0.25 * (before.most - before.least) + 1e-5)
      }),
      { numRuns: 60 }
    )
  })

  it('keeps the light of noise that it smooths, the smoother the stronger', () => {
    const picture = noisy(60, 50, 0.3, 0.03)
    const results = [0, 0.3, 0.6, 1].map((by) => denoised(picture, by))
    const left = results.map(deviation)
    expect(left[0]).toBe(deviation(picture))
    for (const [at, value] of left.slice(1).entries()) expect(value).toBeLessThan(left[at] ?? 0)
    expect(left[3]).toBeLessThan(0.4 * (left[0] ?? 0))
    for (const { data } of results) expect(mean(data) / mean(picture.data)).toBeCloseTo(1, 2)
  })

  it('keeps a flat picture flat and an edge an edge', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2, noNaN: true }), strength, (level, by) => {
        const flat = createRaster(9, 9, 3)
        flat.data.fill(level)
        expect(farthest(denoised(flat, by).data, flat.data)).toBeLessThan(1e-5)
      }),
      { numRuns: 30 }
    )
    const edge = createRaster(30, 8, 3)
    edge.data.forEach((_, at) => {
      edge.data[at] = Math.floor(at / 3) % 30 < 15 ? 0.05 : 0.6
    })
    const { data } = denoised(edge, 0.5)
    expect((data[3 * 15] ?? 0) - (data[3 * 14] ?? 0)).toBeGreaterThan(0.9 * 0.55)
  })

  it('gives rows what it gives the whole, also where its own strips meet', () => {
    const picture = noisy(24, 300, 0.2, 0.05)
    const whole = denoised(picture, 0.7)
    const around = 4
    for (const [top, count] of [
      [100, 60],
      [120, 20],
      [250, 40]
    ] as const) {
      const part = denoised(rowsOfRaster(picture, top - around, count + 2 * around), 0.7)
      expect(farthest(rowsOfRaster(part, around, count).data, rowsOfRaster(whole, top, count).data)).toBeLessThan(1e-5)
    }
  })
})
