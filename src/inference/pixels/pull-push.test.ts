import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillHoles } from './pull-push.ts'
import { anyRaster, farthest, range } from './raster.fixture.ts'
import { createRaster, type Raster } from './raster.ts'

const picture = anyRaster(3, { width: [1, 17], height: [1, 13] })
const known = (like: Raster, isKnown: (pixel: number) => boolean) => {
  const weights = createRaster(like.width, like.height, 1)
  weights.data.forEach((_, pixel) => {
    weights.data[pixel] = isKnown(pixel) ? 1 : 0
  })
  return weights
}

describe('fillHoles', () => {
  it('keeps what is known and fills the rest from within its range, whatever lay in the holes', () => {
    fc.assert(
      fc.property(picture, fc.nat(1000), fc.double({ min: -9, max: 9, noNaN: true }), (seen, pattern, junk) => {
        const isKnown = (pixel: number) => pixel === 0 || (pixel * 7919 + pattern) % 5 < 2
        const weights = known(seen, isKnown)
        const filled = fillHoles(seen, weights)
        const buried = { ...seen, data: seen.data.map((value, at) => (isKnown(Math.floor(at / 3)) ? value : junk)) }
        expect(fillHoles(buried, weights).data).toEqual(filled.data)
        for (let c = 0; c < 3; c++) {
          const channel = ({ data }: Raster) => data.filter((_, at) => at % 3 === c)
          const keptOf = (raster: Raster) => channel(raster).filter((_, pixel) => isKnown(pixel))
          expect(keptOf(filled)).toEqual(keptOf(seen))
          const [allowed, found] = [range(keptOf(seen)), range(channel(filled))]
          expect(found.least).toBeGreaterThanOrEqual(allowed.least - 1e-5)
          expect(found.most).toBeLessThanOrEqual(allowed.most + 1e-5)
        }
      }),
      { numRuns: 40 }
    )
  })

  it('makes a flat picture of one known pixel, and black of none', () => {
    fc.assert(
      fc.property(picture, fc.nat(), (seen, place) => {
        const only = place % (seen.width * seen.height)
        const filled = fillHoles(
          seen,
          known(seen, (pixel) => pixel === only)
        )
        const flat = seen.data.map((_, at) => seen.data[3 * only + (at % 3)] ?? 0)
        expect(farthest(filled.data, flat)).toBeLessThan(1e-6)
        expect(
          fillHoles(
            seen,
            known(seen, () => false)
          ).data.every((value) => value === 0)
        ).toBe(true)
      }),
      { numRuns: 30 }
    )
  })
})
