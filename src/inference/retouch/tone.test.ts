import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personTone, personToneFactor } from './tone.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const settings = fc.record({ 'exposure.highlightRecovery': share, 'exposure.shadowLift': share })

describe('personTone', () => {
  it('never turns tones round and keeps black black', () => {
    fc.assert(
      fc.property(settings, (chosen) => {
        const tone = personTone(chosen)
        expect(tone(0)).toBeCloseTo(0, 9)
        for (let y = 0; y < 2; y += 0.005) expect(tone(y + 0.005)).toBeGreaterThanOrEqual(tone(y) - 1e-12)
      })
    )
  })

  it('changes nothing at 0', () => {
    const tone = personTone({ 'exposure.highlightRecovery': 0, 'exposure.shadowLift': 0 })
    for (const y of [0.01, 0.2, 0.7, 1]) expect(tone(y)).toBeCloseTo(y, 9)
  })

  it('lets white approach 1 and no more, and lifts shadows without touching the middle', () => {
    const recovered = personTone({ 'exposure.highlightRecovery': 1, 'exposure.shadowLift': 0 })
    expect(recovered(3)).toBeLessThanOrEqual(1)
    expect(recovered(1)).toBeLessThan(0.9)
    const lifted = personTone({ 'exposure.highlightRecovery': 0, 'exposure.shadowLift': 1 })
    expect(lifted(0.05)).toBeGreaterThan(0.06)
    expect(lifted(0.6)).toBeCloseTo(0.6, 2)
  })

  it('is what the table gives', () => {
    fc.assert(
      fc.property(settings, fc.double({ min: 0.001, max: 2, noNaN: true }), (chosen, y) => {
        expect(personToneFactor(chosen)(y) * y).toBeCloseTo(personTone(chosen)(y), 3)
      })
    )
  })
})
