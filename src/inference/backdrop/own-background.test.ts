import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyRaster, farthest, range } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { renderOwnBackground } from './own-background.ts'

const WIDTH = 24
const HEIGHT = 30
const photo = anyRaster(3, { width: [WIDTH, WIDTH], height: [HEIGHT, HEIGHT] })
const defocus = fc.double({ min: 0, max: 0.08, noNaN: true })

/** A person in the lower middle. */
function person(): Raster {
  const matte = createRaster(WIDTH, HEIGHT, 1)
  matte.data.forEach((_, pixel) => {
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)]
    matte.data[pixel] = x > 8 && x < 16 && y > 12 ? 1 : 0
  })
  return matte
}

describe('renderOwnBackground', () => {
  it('shows nothing of the person, whoever it is, and no light the background does not have', () => {
    fc.assert(
      fc.property(photo, photo, defocus, (background, somebody, radius) => {
        const matte = person()
        const raster = {
          ...background,
          data: background.data.map((value, at) =>
            matte.data[Math.floor(at / 3)] === 1 ? (somebody.data[at] ?? 0) : value
          )
        }
        const size = { width: WIDTH, height: HEIGHT }
        const picture = renderOwnBackground({ raster, matte }, size, radius, 1)
        const other = renderOwnBackground({ raster: background, matte }, size, radius, 1)
        expect(farthest(picture.data, other.data)).toBe(0)
        const { least, most } = range(background.data)
        expect(range(picture.data).least).toBeGreaterThanOrEqual(least - 1e-5)
        expect(range(picture.data).most).toBeLessThanOrEqual(most + 1e-5)
      }),
      { numRuns: 15 }
    )
  })

  it('keeps a wall the wall it is, at any defocus and size', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        defocus,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (level, radius, width, height) => {
          const raster = createRaster(WIDTH, HEIGHT, 3)
          raster.data.fill(level)
          const { data } = renderOwnBackground({ raster, matte: person() }, { width, height }, radius, 1)
          // Where a tiny frame is all person and halo, nothing of the wall is left to see.
          if (Math.min(width, height) < 12) expect(range(data).most).toBeLessThanOrEqual(level + 1e-5)
          else expect(Math.max(range(data).most - level, level - range(data).least)).toBeLessThan(1e-4)
        }
      ),
      { numRuns: 30 }
    )
  })
})
