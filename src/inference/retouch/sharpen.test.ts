import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCuts, anyRaster, farthest, mean, range, stripsOf } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { crop } from '../pixels/resample.ts'
import { rowsOf } from './person-pixels.ts'
import { detailedRows } from './sharpen.ts'

const strength = fc.double({ min: 0, max: 1, noNaN: true })
/** High enough for the blur of a sigma in thousandths of the height to reach over pixels. */
const HEIGHT = 700

const detailed = (picture: Raster, by: number) =>
  detailedRows(rowsOf(picture, 1), picture, 0, picture.height, { first: 0, end: picture.width }, by)

const waves = (height: number, swing = 0.1) => {
  const picture = createRaster(6, height, 3)
  picture.data.forEach((_, at) => {
    picture.data[at] = 0.3 + swing * Math.sin((2 * Math.PI * Math.floor(at / 18)) / (0.006 * height))
  })
  return picture
}

describe('detailedRows', () => {
  it('changes no light by more than its limits, adds none below 0, and leaves the plain rows as they are', () => {
    const picture = anyRaster(3, { width: [1, 4], height: [HEIGHT, HEIGHT] })
    fc.assert(
      fc.property(picture, strength, (seen, by) => {
        const { plain, sharp } = detailed(seen, by)
        expect(plain.data).toEqual(seen.data)
        const beyond = sharp.data.filter((after, at) => {
          const before = seen.data[at] ?? 0
          return !(after >= 0.75 * before - 1e-6 && after <= 1.35 * before + 1e-6)
        })
        expect(beyond.length).toBe(0)
      }),
      { numRuns: 10 }
    )
  })

  it('leaves even light alone, raises waves, the more the stronger, and keeps their mean', () => {
    const flat = createRaster(5, HEIGHT, 3)
    flat.data.fill(0.4)
    expect(farthest(detailed(flat, 1).sharp.data, flat.data)).toBeLessThan(1e-5)
    // Gentle enough for no pixel to meet the limits, which are not alike up and down.
    const picture = waves(HEIGHT, 0.02)
    const heights = [0, 0.3, 0.7, 1].map((by) => {
      const { data } = detailed(picture, by).sharp
      expect(mean(data)).toBeCloseTo(mean(picture.data), 4)
      const { least, most } = range(data)
      return most - least
    })
    for (const [at, value] of heights.slice(1).entries()) expect(value).toBeGreaterThan(1.05 * (heights[at] ?? 0))
  })

  it('raises the same pattern alike at every size of the picture', () => {
    const swing = (height: number) => {
      const { least, most } = range(detailed(waves(height), 0.6).sharp.data)
      return most - least
    }
    expect(swing(2 * HEIGHT)).toBeCloseTo(swing(HEIGHT), 2)
    expect(swing(4 * HEIGHT)).toBeCloseTo(swing(HEIGHT), 2)
  })

  it('is the same whatever rows and columns are asked for', () => {
    const picture = waves(60)
    picture.data.forEach((value, at) => {
      picture.data[at] = value * (1 + 0.3 * Math.sin(at * 1.7))
    })
    // Rows of a picture of this height, of which these are the first.
    const size = { width: picture.width, height: 2000 }
    const rows = (top: number, count: number, first: number, end: number) =>
      detailedRows(rowsOf(picture, 1), size, top, count, { first, end }, 0.8)
    const whole = rows(0, 40, 0, 6).sharp
    fc.assert(
      fc.property(anyCuts, fc.nat(5), fc.nat(5), (cuts, one, other) => {
        const [first, end] = [Math.min(one, other), Math.max(one, other) + 1]
        for (const [top, count] of stripsOf(40, cuts)) {
          const { left, sharp } = rows(top, count, first, end)
          expect(left).toBe(first)
          const box = { x: first, y: top, width: end - first, height: count }
          expect(farthest(sharp.data, crop(whole, box).data)).toBeLessThan(1e-6)
        }
      }),
      { numRuns: 15 }
    )
  })
})
