import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import type { Kernel } from './kernels.ts'
import { anyCuts, farthest, rowsOfRaster, stripsOf } from './raster.fixture.ts'
import { createRaster, type Raster } from './raster.ts'
import { crop, resize, resizePart, resizeRows } from './resample.ts'

const KERNELS: readonly Kernel[] = ['area', 'bilinear', 'cubic', 'lanczos3']
const edge = fc.integer({ min: 1, max: 24 })
const channels = fc.constantFrom<1 | 3>(1, 3)
const kernel = fc.constantFrom(...KERNELS)

const picture = fc.tuple(edge, edge, channels).chain(([width, height, count]) =>
  fc
    .array(fc.float({ min: 0, max: 1, noNaN: true }), {
      minLength: width * height * count,
      maxLength: width * height * count
    })
    .map((values): Raster => ({ width, height, channels: count, data: Float32Array.from(values) }))
)

const mean = ({ data }: Raster) => data.reduce((sum, value) => sum + value, 0) / data.length

function filled(width: number, height: number, value: number): Raster {
  const raster = createRaster(width, height, 3)
  raster.data.fill(value)
  return raster
}

describe('resize', () => {
  it('keeps a constant picture constant, with every kernel', () => {
    fc.assert(
      fc.property(
        edge,
        edge,
        edge,
        edge,
        kernel,
        fc.double({ min: -3, max: 3, noNaN: true }),
        (w, h, W, H, k, value) => {
          for (const made of resize(filled(w, h, value), W, H, k).data) expect(made).toBeCloseTo(value, 4)
        }
      )
    )
  })

  it('stays in range with kernels that have no negative weights', () => {
    fc.assert(
      fc.property(picture, edge, edge, fc.constantFrom<Kernel>('area', 'bilinear'), (source, width, height, k) => {
        const [low, high] = [Math.min(...source.data), Math.max(...source.data)]
        for (const value of resize(source, width, height, k).data) {
          expect(value).toBeGreaterThanOrEqual(low - 1e-6)
          expect(value).toBeLessThanOrEqual(high + 1e-6)
        }
      })
    )
  })

  it('keeps the mean exactly when averaging areas, at any ratio', () => {
    fc.assert(
      fc.property(picture, edge, edge, (source, width, height) => {
        expect(mean(resize(source, width, height, 'area'))).toBeCloseTo(mean(source), 5)
      })
    )
  })

  it('is a copy at the same size', () => {
    const source = filled(3, 2, 0.5)
    const same = resize(source, 3, 2)
    same.data.fill(9)
    expect(source.data[0]).toBe(0.5)
  })

  it('does not alias: a pattern finer than the target becomes its mean', () => {
    const stripes = createRaster(240, 240, 1)
    stripes.data.forEach((_, at) => {
      stripes.data[at] = at % 2
    })
    for (const k of KERNELS) {
      const small = resize(stripes, 31, 31, k)
      const inner = crop(small, { x: 3, y: 3, width: 25, height: 25 })
      for (const value of inner.data) expect(Math.abs(value - 0.5)).toBeLessThan(k === 'area' ? 0.07 : 0.02)
    }
  })

  it('places features where the continuous picture has them', () => {
    // A linear ramp is reproduced by every kernel away from the edges, at pixel centres.
    const ramp = createRaster(64, 4, 1)
    ramp.data.forEach((_, at) => {
      ramp.data[at] = (at % 64) + 0.5
    })
    for (const k of KERNELS) {
      const small = resize(ramp, 16, 4, k)
      for (let x = 3; x < 13; x++) expect(small.data[x]).toBeCloseTo((x + 0.5) * 4, 1)
    }
  })
})

describe('resizeRows', () => {
  it('makes strips of any height that are the whole to the last bit, larger and smaller, with every kernel', () => {
    fc.assert(
      fc.property(
        picture,
        fc.integer({ min: 1, max: 40 }),
        edge,
        kernel,
        anyCuts,
        (source, width, height, by, cuts) => {
          const whole = resize(source, width, height, by)
          for (const [top, count] of stripsOf(height, cuts)) {
            const strip = resizeRows(source, { width, height }, top, count, by)
            expect(farthest(strip.data, rowsOfRaster(whole, top, count).data)).toBe(0)
          }
        }
      ),
      { numRuns: 60 }
    )
  })
})

describe('resizePart', () => {
  it('sees nothing beyond its box, with every kernel', () => {
    fc.assert(
      fc.property(picture, edge, edge, edge, edge, kernel, (source, left, top, width, height, by) => {
        const [x, y] = [left % source.width, top % source.height]
        const box = { x, y, width: source.width - x, height: Math.ceil((source.height - y) / 2) }
        const expected = resize(crop(source, box), width, height, by)
        expect(farthest(resizePart(source, box, width, height, by).data, expected.data)).toBe(0)
      }),
      { numRuns: 60 }
    )
  })
})

describe('crop', () => {
  it('takes exactly the pixels of the box', () => {
    const source = createRaster(4, 3, 1)
    source.data.forEach((_, at) => {
      source.data[at] = at
    })
    expect([...crop(source, { x: 1, y: 1, width: 2, height: 2 }).data]).toEqual([5, 6, 9, 10])
  })

  it.each([
    { x: -1, y: 0, width: 2, height: 2 },
    { x: 3, y: 0, width: 2, height: 2 },
    { x: 0, y: 0.5, width: 2, height: 2 }
  ])('refuses %j of 4 × 3 pixels', (box) => {
    expect(() => crop(createRaster(4, 3, 1), box)).toThrow(StudioError)
  })
})
