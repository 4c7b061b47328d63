import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BACKGROUNDS } from '../../domain/parameters/background.ts'
import { LIGHTINGS } from '../../domain/parameters/lighting.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster } from '../pixels/raster.ts'
import { lightOnBackdrop, tintPicture } from './light-on-backdrop.ts'

const DAYLIGHT = 6504
const lightings = LIGHTINGS.map(({ id }) => id)

describe('lightOnBackdrop', () => {
  it("leaves plain colours, the photo's own background and the user's own backdrops as they are", () => {
    const untouched = BACKGROUNDS.filter(({ backdrop }) => ['plain', 'original', 'own'].includes(backdrop.kind))
    expect(new Set(untouched.map(({ backdrop }) => backdrop.kind)).size).toBe(3)
    for (const { backdrop } of untouched) {
      for (const lighting of lightings) {
        expect(lightOnBackdrop(lighting, backdrop)).toEqual({ stops: 0, kelvin: DAYLIGHT })
      }
    }
  })

  it('changes nothing in natural light, and never makes a backdrop lighter', () => {
    for (const { backdrop } of BACKGROUNDS) {
      expect(lightOnBackdrop('natural', backdrop)).toEqual({ stops: 0, kelvin: DAYLIGHT })
      for (const lighting of lightings) expect(lightOnBackdrop(lighting, backdrop).stops).toBeLessThanOrEqual(0)
    }
  })

  it('keeps low key darkest and only a low sun coloured', () => {
    for (const { backdrop } of BACKGROUNDS.filter((entry) => entry.backdrop.kind === 'place')) {
      const stops = lightings.map((lighting) => lightOnBackdrop(lighting, backdrop).stops)
      expect(lightOnBackdrop('dramatic', backdrop).stops).toBe(Math.min(...stops))
      for (const lighting of lightings) {
        expect(lightOnBackdrop(lighting, backdrop).kelvin < DAYLIGHT).toBe(lighting === 'golden_hour')
      }
    }
  })
})

describe('tintPicture', () => {
  const value = fc.float({ min: 0, max: 1, noNaN: true })

  it('keeps the range, lifts no channel, and warms every colour that is not black', () => {
    fc.assert(
      fc.property(value, value, value, fc.integer({ min: 3000, max: 6000 }), (r, g, b, kelvin) => {
        const picture = createRaster(1, 1, 3)
        picture.data.set([r, g, b])
        const before = Float32Array.from(picture.data)
        tintPicture(picture, kelvin)
        picture.data.forEach((after, c) => {
          expect(after).toBeGreaterThanOrEqual(0)
          expect(after).toBeLessThanOrEqual(before[c] ?? 0)
        })
        if ((before[0] ?? 0) > 1e-3 && (before[2] ?? 0) > 1e-3) {
          const warmth = (data: Float32Array) => (data[0] ?? 0) / (data[2] ?? 1)
          expect(warmth(picture.data)).toBeGreaterThan(warmth(before))
        }
      })
    )
  })

  it('tints glare less than what it falls on, and daylight leaves every value as it is', () => {
    const picture = createRaster(2, 1, 3)
    picture.data.set([1, 1, 1, 0.3, 0.3, 0.3])
    tintPicture(picture, DAYLIGHT)
    expect([...picture.data]).toEqual([...Float32Array.of(1, 1, 1, 0.3, 0.3, 0.3)])
    tintPicture(picture, 4500)
    const [wr = 0, , wb = 1, gr = 0, , gb = 1] = picture.data
    expect(wr / wb).toBeLessThan(gr / gb)
    expect(luminance(picture.data[0] ?? 0, picture.data[1] ?? 0, picture.data[2] ?? 0)).toBeGreaterThan(0.8)
  })
})
