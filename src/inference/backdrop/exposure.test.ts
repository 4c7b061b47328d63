import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyRaster } from '../pixels/raster.fixture.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { backdropGain, photographGain } from './exposure.ts'

const scene = anyRaster(3, { width: [1, 20], height: [1, 20], least: 0.001, most: 50 })
const skin = fc.double({ min: 0, max: 1, noNaN: true })
const stops = fc.double({ min: -2, max: 2, noNaN: true })
const lit = (raster: Raster, gain: number) => ({ ...raster, data: raster.data.map((value) => value * gain) })

describe('backdropGain', () => {
  it('shows a place alike, however bright it was', () => {
    fc.assert(
      fc.property(scene, skin, stops, (place, person, by) => {
        const ratio = backdropGain(lit(place, 8), person, by) / backdropGain(place, person, by)
        expect(ratio * 8).toBeCloseTo(1, 3)
      }),
      { numRuns: 40 }
    )
  })

  it('rises with the stops asked for and with the skin, by no more than they do', () => {
    fc.assert(
      fc.property(scene, skin, skin, stops, stops, (place, one, other, by, more) => {
        const [dark, light] = [Math.min(one, other), Math.max(one, other)]
        expect(backdropGain(place, light, by)).toBeGreaterThanOrEqual(backdropGain(place, dark, by))
        const [low, high] = [Math.min(by, more), Math.max(by, more)]
        const moved = Math.log2(backdropGain(place, one, high) / backdropGain(place, one, low))
        expect(moved).toBeGreaterThanOrEqual(-1e-9)
        expect(moved).toBeLessThanOrEqual(high - low + 1e-9)
      }),
      { numRuns: 40 }
    )
  })

  it('does not depend on the size a place is rendered at', () => {
    fc.assert(
      fc.property(scene, skin, (place, person) => {
        const large = resize(place, place.width * 8, place.height * 8, 'area')
        expect(backdropGain(large, person, 0) / backdropGain(place, person, 0)).toBeGreaterThan(0.75)
        expect(backdropGain(large, person, 0) / backdropGain(place, person, 0)).toBeLessThan(1.33)
      }),
      { numRuns: 20 }
    )
  })
})

describe('photographGain', () => {
  it('moves a photograph no further than 0.8 stops from the stops asked for', () => {
    fc.assert(
      fc.property(scene, skin, stops, (photo, person, by) => {
        expect(Math.abs(Math.log2(photographGain(photo, person, by)) - by)).toBeLessThanOrEqual(0.8 + 1e-9)
      }),
      { numRuns: 40 }
    )
  })
})
