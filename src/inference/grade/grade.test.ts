import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOODS } from '../../domain/parameters/mood.ts'
import { VIBES } from '../../domain/parameters/vibe.ts'
import { toOklab } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { applyGrade, gradeFor } from './grade.ts'

const vibe = fc.constantFrom(...VIBES.map(({ id }) => id))
const mood = fc.constantFrom(...MOODS.map(({ id }) => id))
const strength = fc.double({ min: 0, max: 1, noNaN: true })

function pixels(...colours: (readonly [number, number, number])[]): Raster {
  const raster = createRaster(colours.length, 1, 3)
  raster.data.set(colours.flat())
  return raster
}

function graded(picture: Raster, v: string, m: string, s: number, skin = 0): Raster {
  const copy = { ...picture, data: picture.data.slice() }
  const mask = createRaster(picture.width, picture.height, 1)
  mask.data.fill(skin)
  const grade = gradeFor(v, m, s)
  if (grade) applyGrade(copy, grade, mask)
  return copy
}

const lightness = ({ data }: Raster, pixel = 0) => {
  const lab = new Float64Array(3)
  toOklab(lab, 0, data[3 * pixel] ?? 0, data[3 * pixel + 1] ?? 0, data[3 * pixel + 2] ?? 0)
  return lab
}

const SKIN = [0.42, 0.27, 0.19] as const

describe('a grade', () => {
  it('is none for a neutral mood and words without a look, or at no strength', () => {
    expect(gradeFor('an amused smile', 'neutral', 1)).toBeNull()
    expect(gradeFor('confident', 'cinematic', 0)).toBeNull()
    expect(gradeFor('confident', 'cinematic', 0.5)).not.toBeNull()
  })

  it('keeps the order of greys, white and the range, in every look', () => {
    const greys = pixels(
      ...Array.from({ length: 64 }, (_, i) => [(i / 63) ** 3, (i / 63) ** 3, (i / 63) ** 3] as const)
    )
    fc.assert(
      fc.property(vibe, mood, strength, (v, m, s) => {
        const out = graded(greys, v, m, s)
        const steps = Array.from(
          { length: 63 },
          (_, i) => (lightness(out, i + 1)[0] ?? 0) - (lightness(out, i)[0] ?? 0)
        )
        expect(Math.min(...steps)).toBeGreaterThan(0)
        expect(lightness(out, 63)[0]).toBeCloseTo(1, 2)
        expect(out.data.every((value) => value > -0.02 && value < 1.02)).toBe(true)
      })
    )
  })

  it('moves skin less than what is beside it and within a few degrees of hue', () => {
    const before = lightness(pixels(SKIN))
    const hue = (lab: Float64Array) => Math.atan2(lab[2] ?? 0, lab[1] ?? 0)
    fc.assert(
      fc.property(vibe, mood, strength, (v, m, s) => {
        const spared = lightness(graded(pixels(SKIN), v, m, s, 1))
        expect(Math.abs(hue(spared) - hue(before))).toBeLessThan((6 * Math.PI) / 180)
        expect(Math.abs((spared[0] ?? 0) - (before[0] ?? 0))).toBeLessThan(0.09)
      })
    )
    const distance = (lab: Float64Array) =>
      Math.hypot((lab[1] ?? 0) - (before[1] ?? 0), (lab[2] ?? 0) - (before[2] ?? 0))
    const open = distance(lightness(graded(pixels(SKIN), 'warm', 'warm', 1, 0)))
    expect(distance(lightness(graded(pixels(SKIN), 'warm', 'warm', 1, 1)))).toBeLessThan(0.5 * open)
  })

  it('does what its name says', () => {
    const grey = pixels([0.2, 0.2, 0.2])
    const b = (m: string) => lightness(graded(grey, 'free text', m, 1))[2] ?? 0
    expect(b('warm')).toBeGreaterThan(0.01)
    expect(b('cool')).toBeLessThan(-0.01)
    expect(lightness(graded(grey, 'free text', 'bright', 1))[0]).toBeGreaterThan((lightness(grey)[0] ?? 0) + 0.05)
  })

  it('gives strips what it gives the whole', () => {
    const whole = pixels([0.1, 0.3, 0.2], SKIN, [0.9, 0.8, 0.1])
    const all = graded(whole, 'creative', 'cinematic', 0.7)
    const last = graded(pixels([0.9, 0.8, 0.1]), 'creative', 'cinematic', 0.7)
    expect([...last.data]).toEqual([...all.data.slice(6)])
  })
})
