import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redEyeGain } from './red-eye.ts'

const SKIN = [0.5, 0.35, 0.28] as const
const light = fc.double({ min: 0, max: 2, noNaN: true })

describe('redEyeGain', () => {
  it('makes a lit pupil as dark as its green and blue', () => {
    expect(0.5 * redEyeGain(0.5, 0.1, 0.12, SKIN)).toBeCloseTo(0.12, 6)
  })

  it('leaves skin, brown and blue irises, the white and glints alone', () => {
    for (const [r, g, b] of [
      [0.5, 0.34, 0.27],
      [0.06, 0.035, 0.02],
      [0.1, 0.15, 0.2],
      [0.6, 0.55, 0.5],
      [1, 1, 1]
    ] as const) {
      expect(redEyeGain(r, g, b, SKIN)).toBe(1)
    }
  })

  it('takes warm light for what it is: what is as red as the skin around it stays', () => {
    expect(redEyeGain(0.4, 0.15, 0.05, [0.5, 0.2, 0.08])).toBe(1)
  })

  it('only ever darkens, never below the other channels, and does not jump', () => {
    fc.assert(
      fc.property(light, light, light, (r, g, b) => {
        const gain = redEyeGain(r, g, b, SKIN)
        expect(gain).toBeGreaterThanOrEqual(0)
        expect(gain).toBeLessThanOrEqual(1)
        expect(r * gain).toBeGreaterThanOrEqual(Math.min(r, g, b) - 1e-9)
        expect(Math.abs((r + 1e-4) * redEyeGain(r + 1e-4, g, b, SKIN) - r * gain)).toBeLessThan(2e-3)
      })
    )
  })
})
