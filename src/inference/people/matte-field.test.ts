import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaussianBlur } from '../pixels/blur.ts'
import { anyCuts, anyRaster, range, stripsOf } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { MatteRows, matteColumns, matteField, renderMatte } from './matte-field.ts'

const SETTINGS = { 'matte.sharpness': 0.5, 'matte.choke': 0 } as const
const SIZE = 240
const FACE = 160

/** A dark figure with a wavy right edge at about x = 120 on a light wall; the outline knows the edge only roughly. */
function figure(scale = 1): { picture: Raster; outline: Raster; truth: Raster } {
  const size = SIZE * scale
  const picture = createRaster(size, size, 3)
  const truth = createRaster(size, size, 1)
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++, at++) {
      const inside = x / scale < 120 + 3 * Math.sin(y / scale / 9)
      truth.data[at] = inside ? 1 : 0
      picture.data.fill(inside ? 0.04 : 0.5, 3 * at, 3 * at + 3)
    }
  }
  const rough = createRaster(size, size, 1)
  for (let y = 0, at = 0; y < size; y++) for (let x = 0; x < size; x++, at++) rough.data[at] = x / scale < 121 ? 1 : 0
  return { picture, outline: gaussianBlur(rough, 4 * scale), truth }
}

const none = (size: number) => createRaster(size, size, 1)

function meanError(alpha: Raster, truth: Raster): number {
  let sum = 0
  for (let at = 0; at < alpha.data.length; at++) sum += Math.abs((alpha.data[at] ?? 0) - (truth.data[at] ?? 0))
  return sum / alpha.height
}

describe('matteField', () => {
  it('moves a rough outline onto the edge of the picture', () => {
    const { picture, outline, truth } = figure()
    const alpha = renderMatte(matteField(picture, outline, none(SIZE), FACE, SETTINGS), picture)
    expect(meanError(outline, truth)).toBeGreaterThan(3)
    // Error in pixels of a row: the edge is found to about one and a half pixels, and drawn in a little.
    expect(meanError(alpha, truth)).toBeLessThan(1.75)
  })

  it('is exactly 1 well inside and exactly 0 well outside', () => {
    const { picture, outline } = figure()
    const alpha = renderMatte(matteField(picture, outline, none(SIZE), FACE, SETTINGS), picture)
    for (let y = 0; y < SIZE; y++) {
      expect(alpha.data[y * SIZE + 60]).toBe(1)
      expect(alpha.data[y * SIZE + 200]).toBe(0)
    }
  })

  it('gives the same matte at a larger size, only sharper', () => {
    const { picture, outline, truth } = figure()
    const field = matteField(picture, outline, none(SIZE), FACE, SETTINGS)
    const large = figure(3)
    const alpha = renderMatte(field, large.picture)
    expect(meanError(alpha, large.truth) / 3).toBeLessThan(1.75)
    const small = renderMatte(field, picture)
    expect(meanError(resize(alpha, SIZE, SIZE, 'area'), small)).toBeLessThan(meanError(small, truth) + 0.8)
  })

  it('is a share of any picture, outline and hair, at any setting, and strips give the whole', () => {
    const [width, height] = [26, 34]
    const same = { width: [width, width], height: [height, height] } as const
    const settings = fc.record({
      'matte.sharpness': fc.double({ min: 0, max: 1, noNaN: true }),
      'matte.choke': fc.double({ min: -3, max: 3, noNaN: true })
    })
    fc.assert(
      fc.property(anyRaster(3, same), anyRaster(1, same), anyRaster(1, same), settings, anyCuts, (...made) => {
        const [picture, outline, hair, chosen, cuts] = made
        const field = matteField(picture, outline, hair, 20, chosen)
        const whole = renderMatte(field, picture)
        const { least, most } = range(whole.data)
        expect(least).toBeGreaterThanOrEqual(0)
        expect(most).toBeLessThanOrEqual(1)
        for (const [top, count] of stripsOf(height, cuts)) {
          const rows = new MatteRows(field, picture, top, count)
          const { first, end } = matteColumns(field, picture, top, count)
          const alpha = new Float32Array(width)
          for (let y = top; y < top + count; y++) {
            rows.render(y, picture.data.subarray(3 * (y * width + first), 3 * (y * width + end)), first, alpha)
            expect(alpha).toEqual(whole.data.subarray(y * width, (y + 1) * width))
          }
        }
      }),
      { numRuns: 30 }
    )
  })

  it('shrinks the matte when choked and grows it when not', () => {
    const { picture, outline } = figure()
    const area = (choke: number) => {
      const field = matteField(picture, outline, none(SIZE), FACE, { ...SETTINGS, 'matte.choke': choke })
      return renderMatte(field, picture).data.reduce((sum, alpha) => sum + alpha, 0) / SIZE
    }
    expect(area(2)).toBeLessThan(area(0) - 1)
    expect(area(-2)).toBeGreaterThan(area(0) + 1)
  })
})
