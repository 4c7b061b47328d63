import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaussianBlur } from '../pixels/blur.ts'
import { anyRaster, farthest, range } from '../pixels/raster.fixture.ts'
import { createRaster } from '../pixels/raster.ts'
import { foregroundField, renderForeground, unmix } from './foreground.ts'

const SIZE = 160
const FACE = 80
const BACKGROUND = [0.05, 0.6, 0.1] as const

/** A slowly shaded disc with a soft edge on a green wall. */
function composite() {
  const hard = createRaster(SIZE, SIZE, 1)
  const person = createRaster(SIZE, SIZE, 3)
  for (let y = 0, at = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++, at++) {
      hard.data[at] = Math.hypot(x - 80, y - 80) < 45 ? 1 : 0
      person.data.set([0.5 + 0.2 * (x / SIZE), 0.3 + 0.1 * (y / SIZE), 0.2], 3 * at)
    }
  }
  const alpha = gaussianBlur(hard, 3)
  const mixed = createRaster(SIZE, SIZE, 3)
  mixed.data.forEach((_, at) => {
    const share = alpha.data[Math.floor(at / 3)] ?? 0
    mixed.data[at] = (person.data[at] ?? 0) * share + (BACKGROUND[at % 3] ?? 0) * (1 - share)
  })
  return { alpha, person, mixed }
}

describe('foregroundField', () => {
  it("gives back the person's colour along a soft edge, where the picture shows mostly the wall's", () => {
    const { alpha, person, mixed } = composite()
    const field = foregroundField(mixed, alpha, FACE)
    const found = renderForeground(field, mixed, alpha).data
    let worst = 0
    let before = 0
    for (let at = 0; at < mixed.data.length; at++) {
      const share = alpha.data[Math.floor(at / 3)] ?? 0
      if (share < 0.05 || share > 0.95) continue
      worst = Math.max(worst, Math.abs((found[at] ?? 0) - (person.data[at] ?? 0)))
      before = Math.max(before, Math.abs((mixed.data[at] ?? 0) - (person.data[at] ?? 0)))
    }
    expect(before).toBeGreaterThan(0.4)
    expect(worst).toBeLessThan(0.07)
  })

  it('has no light the picture does not have, and none at all of a background that a picture has not', () => {
    const same = { width: [20, 20], height: [20, 20] } as const
    fc.assert(
      fc.property(anyRaster(3, same), anyRaster(1, same), (picture, alpha) => {
        const field = foregroundField(picture, alpha, 20)
        expect(range(field.person.data).least).toBeGreaterThanOrEqual(0)
        expect(range(field.background.data).least).toBeGreaterThanOrEqual(0)
        expect(range(field.background.data).most).toBeLessThanOrEqual(range(picture.data).most + 1e-4)
        const covered = createRaster(20, 20, 1)
        covered.data.fill(1)
        const all = renderForeground(foregroundField(picture, covered, 20), picture, covered)
        expect(farthest(all.data, picture.data)).toBeLessThan(1e-6)
      }),
      { numRuns: 20 }
    )
  })
})

describe('unmix', () => {
  it('leaves a pixel of the person alone as it is', () => {
    expect(unmix(0.37, 1, 0.9, 0.1)).toBeCloseTo(0.37, 12)
  })

  it('gives back what was mixed, and whoever is wholly there as they are', () => {
    const light = fc.double({ min: 0, max: 4, noNaN: true })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(light, light, share, (person, background, alpha) => {
        const mixed = alpha * person + (1 - alpha) * background
        expect(unmix(mixed, alpha, person, background)).toBeCloseTo(person, 9)
        expect(unmix(mixed, 1, person, background)).toBeCloseTo(mixed, 9)
        expect(unmix(background, alpha, 0, person)).toBeGreaterThanOrEqual(0)
      })
    )
  })

  it('gives the estimate where nothing of the person is seen, and is never negative', () => {
    expect(unmix(0.8, 0, 0.25, 0.8)).toBe(0.25)
    expect(unmix(0, 0.5, 0, 1)).toBe(0)
  })

  it('draws no contour darker than the hair where the matte is too low before a bright wall', () => {
    const dark = fc.double({ min: 0.001, max: 0.1, noNaN: true })
    const bright = fc.double({ min: 0.4, max: 1, noNaN: true })
    const soft = fc.double({ min: 0.5, max: 1, noNaN: true })
    fc.assert(
      fc.property(dark, bright, soft, fc.double({ min: 0, max: 0.3, noNaN: true }), (hair, wall, alpha, tooLow) => {
        const seen = alpha * hair + (1 - alpha) * wall
        expect(unmix(seen, alpha - tooLow, hair, wall)).toBeGreaterThan(0.85 * hair)
      })
    )
  })
})
