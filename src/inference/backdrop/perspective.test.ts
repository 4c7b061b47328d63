import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyRaster, farthest, range } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { crop } from '../pixels/resample.ts'
import { createPanorama } from './panorama.ts'
import { type Camera, renderPerspective } from './perspective.ts'

const radiance = anyRaster(3, { width: [32, 32], height: [16, 16], least: 0, most: 500 })
const camera: fc.Arbitrary<Camera> = fc.record({
  yaw: fc.double({ min: -180, max: 180, noNaN: true }),
  pitch: fc.double({ min: -80, max: 80, noNaN: true }),
  focal: fc.double({ min: 6, max: 60, noNaN: true })
})

/** Radiance told from none: `createPanorama` adds a thousandth of the mean. */
const floorOf = ({ data }: Raster) => data.reduce((sum, value) => sum + value, 0) / data.length / 1024

describe('renderPerspective', () => {
  it('shows no light the panorama does not have, and none below its darkest', () => {
    fc.assert(
      fc.property(radiance, camera, (picture, look) => {
        const { least, most } = range(picture.data)
        const seen = range(renderPerspective(createPanorama(picture), look, 12, 10).data)
        expect(seen.least).toBeGreaterThanOrEqual(least)
        // The kernel overshoots a step by less than a tenth, and there is none of more than twenty stops.
        expect(seen.most).toBeLessThanOrEqual((most + floorOf(picture)) * 2 ** 2)
      }),
      { numRuns: 25 }
    )
  })

  it('keeps an even light even, wherever it looks', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1000, noNaN: true }), camera, (level, look) => {
        const even = createRaster(32, 16, 3)
        even.data.fill(level)
        const { least, most } = range(renderPerspective(createPanorama(even), look, 9, 8).data)
        expect(least / (level * (1 + 1 / 1024))).toBeCloseTo(1, 4)
        expect(most / (level * (1 + 1 / 1024))).toBeCloseTo(1, 4)
      }),
      { numRuns: 25 }
    )
  })

  it('shows in a part of the frame what it shows there in the whole', () => {
    fc.assert(
      fc.property(radiance, camera, fc.integer({ min: 1, max: 4 }), (picture, look, margin) => {
        const panorama = createPanorama(picture)
        const whole = renderPerspective(panorama, look, 10 + 2 * margin, 8 + 2 * margin)
        const part = renderPerspective(panorama, look, 10, 8)
        expect(farthest(crop(whole, { x: margin, y: margin, width: 10, height: 8 }).data, part.data)).toBe(0)
      }),
      { numRuns: 20 }
    )
  })
})
