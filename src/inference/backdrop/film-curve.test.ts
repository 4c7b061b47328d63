import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyRaster, farthest, range } from '../pixels/raster.fixture.ts'
import { createRaster } from '../pixels/raster.ts'
import { developFilm, filmCurve, MIDDLE_GREY } from './film-curve.ts'
import { pressHighlights, stretchHighlights } from './highlights.ts'

const light = fc.double({ min: 0, max: 1000, noNaN: true })
const stops = fc.double({ min: -4, max: 4, noNaN: true })

describe('filmCurve', () => {
  it('keeps every light within the display, below paper white, and never turns tones round', () => {
    fc.assert(
      fc.property(light, light, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map(filmCurve)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(0.965)
        expect(low).toBeLessThanOrEqual(high ?? 0)
      })
    )
  })

  it('leaves the grey card where it is', () => {
    expect(filmCurve(MIDDLE_GREY)).toBeCloseTo(MIDDLE_GREY, 12)
  })

  it('is what a picture is developed with, at any gain, negative light being black', () => {
    const picture = anyRaster(3, { width: [1, 9], height: [1, 9], least: -1, most: 30 })
    fc.assert(
      fc.property(picture, stops, (scene, by) => {
        const exact = scene.data.map((value) => filmCurve(value * 2 ** by))
        developFilm(scene, 2 ** by)
        expect(farthest(scene.data, exact)).toBeLessThan(5e-4)
      })
    )
  })
})

describe('highlights', () => {
  it('come back as they were, and within the display at any gain', () => {
    fc.assert(
      fc.property(anyRaster(3, { width: [1, 9], height: [1, 9] }), stops, (photo, by) => {
        const before = photo.data.slice()
        stretchHighlights(photo)
        const pressed = { ...createRaster(photo.width, photo.height, 3), data: photo.data.slice() }
        pressHighlights(pressed, 2 ** by)
        expect(range(pressed.data).least).toBeGreaterThanOrEqual(0)
        expect(range(pressed.data).most).toBeLessThan(1 / 0.88)
        pressHighlights(photo, 1)
        expect(farthest(photo.data, before)).toBeLessThan(1e-5)
      })
    )
  })
})
