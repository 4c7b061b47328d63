import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { luminance } from '../pixels/colour.ts'
import { anyRaster, farthest, range } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { calmHalo, hairHalo } from './hair-halo.ts'

const SIZE = 120
const FACE = 80
const HAIR = [0.03, 0.025, 0.02] as const
const WALL = [0.7, 0.75, 0.8] as const
/** Of the head, and where stray hairs begin to carry the wall's light. */
const RADIUS = 40
const GLOWS_FROM = 37

const distance = (pixel: number) => Math.hypot((pixel % SIZE) - 60, Math.floor(pixel / SIZE) - 60)

/** A round head of dark hair whose outermost hairs glow with two fifths of the wall's light. */
function head(): { own: Raster; alpha: Raster; hair: Raster; old: Raster } {
  const [own, old] = [createRaster(SIZE, SIZE, 3), createRaster(SIZE, SIZE, 3)]
  const [alpha, hair] = [createRaster(SIZE, SIZE, 1), createRaster(SIZE, SIZE, 1)]
  for (let pixel = 0; pixel < alpha.data.length; pixel++) {
    const isHead = distance(pixel) < RADIUS
    const leaked = distance(pixel) > GLOWS_FROM ? 0.4 : 0
    own.data.set(
      HAIR.map((value, c) => value + leaked * ((WALL[c] ?? 0) - value)),
      3 * pixel
    )
    old.data.set(WALL, 3 * pixel)
    alpha.data[pixel] = isHead ? 1 : 0
    hair.data[pixel] = isHead ? 1 : 0
  }
  return { own, alpha, hair, old }
}

/** Mean luminance of the head between two radii, after its halo was calmed at this strength. */
function shown(strength: number, from: number, to: number): number {
  const { own, alpha, hair, old } = head()
  const halo = hairHalo(own, alpha, hair, FACE, strength)
  let [sum, count] = [0, 0]
  for (let pixel = 0; pixel < alpha.data.length; pixel++) {
    if (distance(pixel) < from || distance(pixel) >= to) continue
    const colour = Float64Array.from(own.data.subarray(3 * pixel, 3 * pixel + 3))
    if (halo) calmHalo(colour, halo.hair.data, old.data, 3 * pixel, halo.rim.data[pixel] ?? 0)
    sum += luminance(colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0)
    count++
  }
  return sum / count
}

describe('the halo of hair', () => {
  it('is calmed, the more the stronger, and the hair farther in is left as it is', () => {
    const glow = [0, 0.1, 0.25, 0.6, 1].map((strength) => shown(strength, GLOWS_FROM + 1, RADIUS))
    expect(glow[0]).toBeGreaterThan(0.25)
    for (const [at, value] of glow.slice(1).entries()) expect(value).toBeLessThan(glow[at] ?? 0)
    expect(glow[2]).toBeLessThan(0.5 * (glow[0] ?? 0))
    expect(glow[4]).toBeLessThan(0.06)
    expect(shown(1, 0, 25)).toBe(shown(0, 0, 25))
  })

  it('is none where no hair is seen, or nothing is to be retouched', () => {
    const { own, alpha, hair } = head()
    expect(hairHalo(own, alpha, hair, FACE, 0)).toBeNull()
    expect(hairHalo(own, alpha, createRaster(SIZE, SIZE, 1), FACE, 1)).toBeNull()
  })

  it('is found in any picture without leaving what colours and shares may be', () => {
    const same = { width: [24, 24], height: [24, 24] } as const
    const strength = fc.double({ min: 0.01, max: 1, noNaN: true })
    fc.assert(
      fc.property(anyRaster(3, same), anyRaster(1, same), anyRaster(1, same), strength, (own, alpha, hair, by) => {
        alpha.data.fill(1, 8 * 24)
        hair.data.fill(1, 10 * 24)
        const halo = hairHalo(own, alpha, hair, 20, by)
        if (!halo) throw new Error('there is hair')
        expect(range(halo.rim.data).least).toBeGreaterThanOrEqual(0)
        expect(range(halo.rim.data).most).toBeLessThanOrEqual(1)
        expect(range(halo.hair.data).least).toBeGreaterThanOrEqual(range(own.data).least - 1e-5)
        expect(range(halo.hair.data).most).toBeLessThanOrEqual(range(own.data).most + 1e-5)
        const again = hairHalo(own, alpha, hair, 20, by)
        expect(farthest(again?.rim.data ?? new Float32Array(), halo.rim.data)).toBe(0)
      }),
      { numRuns: 20 }
    )
  })
})

describe('calmHalo', () => {
  const colour = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const light = (values: ArrayLike<number>) => luminance(values[0] ?? 0, values[1] ?? 0, values[2] ?? 0)

  it('adds no light, leaves none below 0, and changes nothing away from the rim', () => {
    fc.assert(
      fc.property(colour, colour, colour, share, (seen, hair, old, rim) => {
        const calmed = Float64Array.from(seen)
        calmHalo(calmed, Float32Array.from(hair), Float32Array.from(old), 0, rim)
        expect(light(calmed)).toBeLessThanOrEqual(light(seen) + 1e-6)
        expect(Math.min(...calmed)).toBeGreaterThanOrEqual(0)
        const inside = Float64Array.from(seen)
        calmHalo(inside, Float32Array.from(hair), Float32Array.from(old), 0, 0)
        expect([...inside]).toEqual(seen)
      })
    )
  })

  it('leaves hair in front of a background no brighter than it', () => {
    fc.assert(
      fc.property(colour, colour, share, (seen, hair, dark) => {
        const calmed = Float64Array.from(seen)
        const old = hair.map((value) => value * dark)
        calmHalo(calmed, Float32Array.from(hair), Float32Array.from(old), 0, 1)
        expect([...calmed]).toEqual(seen)
      })
    )
  })
})
