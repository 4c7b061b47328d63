import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCuts, anyRaster, farthest, range, rowsOfRaster, stripsOf } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { discBlur } from './disc-blur.ts'

const sum = (data: Float32Array) => data.reduce((total, value) => total + value, 0)

function spot(side: number, x: number, y: number, value: number): Raster {
  const raster = createRaster(side, side, 1)
  raster.data[y * side + x] = value
  return raster
}

describe('discBlur', () => {
  it('keeps the energy of a point of light whatever the radius', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 15, noNaN: true }),
        fc.double({ min: 0.1, max: 5000, noNaN: true }),
        (radius, value) => {
          const blurred = discBlur(spot(81, 40, 40, value), 17, () => radius)
          expect(sum(blurred.data) / value).toBeCloseTo(1, 4)
        }
      ),
      { numRuns: 40 }
    )
  })

  it('turns a point into an evenly lit disc with the area of its radius', () => {
    const radius = 10
    const { data, width } = discBlur(spot(81, 40, 40, 1), 17, () => radius)
    const level = 1 / (Math.PI * radius * radius)
    const middle = (width - 1) / 2
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        const distance = Math.hypot(x - middle, y - middle)
        const value = data[y * width + x] ?? 0
        if (distance < radius - 1.2) expect(value / level).toBeCloseTo(1, 1)
        if (distance > radius + 1.2) expect(Math.abs(value)).toBeLessThan(1e-9)
      }
    }
  })

  it('leaves the picture as it is at radius 0', () => {
    const source = createRaster(9, 7, 3)
    source.data.forEach((_, at) => {
      source.data[at] = Math.sin(at) ** 2
    })
    const same = discBlur(source, 1, () => 0)
    expect([same.width, same.height]).toEqual([7, 5])
    for (let x = 0; x < 21; x++) expect(same.data[x]).toBeCloseTo(source.data[9 * 3 + 3 + x] ?? -1, 6)
  })

  it('keeps a flat picture flat, whatever changes from row to row', () => {
    const source = createRaster(60, 60, 3)
    source.data.fill(0.37)
    const blurred = discBlur(source, 12, (row) => (row % 11) + 0.3)
    expect(blurred.data.reduce((most, value) => Math.max(most, Math.abs(value - 0.37)), 0)).toBeLessThan(1e-5)
  })

  it('keeps the range of any picture', () => {
    const source = anyRaster(3, { width: [12, 20], height: [12, 20], most: 1000 })
    fc.assert(
      fc.property(source, fc.double({ min: 0, max: 4, noNaN: true }), (picture, radius) => {
        const [before, after] = [range(picture.data), range(discBlur(picture, 5, () => radius).data)]
        expect(after.least).toBeGreaterThanOrEqual(before.least - 1e-3)
        expect(after.most).toBeLessThanOrEqual(before.most + 1e-3)
      }),
      { numRuns: 40 }
    )
  })

  it('gives strips what it gives the whole', () => {
    const margin = 4
    fc.assert(
      fc.property(anyRaster(3, { width: [11, 16], height: [20, 30] }), anyCuts, (picture, cuts) => {
        const radiusAt = (row: number) => (row % 5) / 2
        const whole = discBlur(picture, margin, radiusAt)
        for (const [top, count] of stripsOf(whole.height, cuts)) {
          const part = discBlur(rowsOfRaster(picture, top, count + 2 * margin), margin, (row) => radiusAt(top + row))
          expect(farthest(part.data, rowsOfRaster(whole, top, count).data)).toBe(0)
        }
      }),
      { numRuns: 20 }
    )
  })

  it('refuses a disc that reaches beyond its margin', () => {
    expect(() => discBlur(createRaster(30, 30, 1), 4, () => 3.5)).toThrow(/radius 3.5/)
  })
})
