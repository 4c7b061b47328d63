import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomeWithin } from '../../domain/criterion.ts'
import { scoreAgainst } from './scoring.ts'

const number = fc.double({ min: -1000, max: 1000, noNaN: true })
const room = fc.double({ min: 0.01, max: 500, noNaN: true })

/** An ideal and a band around it. */
const target = fc.record({ ideal: number, below: room, above: room }).map(({ ideal, below, above }) => ({
  ideal,
  band: { min: ideal - below, max: ideal + above }
}))

describe('scoreAgainst', () => {
  it('is 1 at the ideal, a half at the limit, 0 from twice as far', () => {
    expect(scoreAgainst(10, 10, { max: 20 })).toBe(1)
    expect(scoreAgainst(20, 10, { max: 20 })).toBe(0.5)
    expect(scoreAgainst(30, 10, { max: 20 })).toBe(0)
    expect(scoreAgainst(99, 10, { max: 20 })).toBe(0)
  })

  it('is 1 on a side without a limit and 0 for what is no number', () => {
    expect(scoreAgainst(-50, 10, { max: 20 })).toBe(1)
    expect(scoreAgainst(Number.NaN, 10, { max: 20 })).toBe(0)
    expect(scoreAgainst(Number.POSITIVE_INFINITY, 10, { min: 5 })).toBe(0)
  })

  it('never scores a value nearer to the ideal on its side lower', () => {
    fc.assert(
      fc.property(target, number, fc.double({ min: 0, max: 1, noNaN: true }), ({ ideal, band }, value, share) => {
        const nearer = ideal + (value - ideal) * share
        expect(scoreAgainst(nearer, ideal, band)).toBeGreaterThanOrEqual(scoreAgainst(value, ideal, band) - 1e-9)
      })
    )
  })

  it('scores what passes at least a half and what fails at most a half, always within 0..1', () => {
    fc.assert(
      fc.property(target, number, ({ ideal, band }, value) => {
        const score = scoreAgainst(value, ideal, band)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        if (outcomeWithin(value, band) === 'passed') expect(score).toBeGreaterThanOrEqual(0.5 - 1e-9)
        else expect(score).toBeLessThanOrEqual(0.5 + 1e-9)
      })
    )
  })
})
