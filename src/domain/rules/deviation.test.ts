import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aimOf, deviationOf, progressTowardsAim } from './deviation.ts'
import { anyCriterion, row } from './sample-job.fixture.ts'

it.each([
  [36, { min: 42, max: 66 }, { side: 'below', value: 36, limit: 42, aim: 54, severity: 0.25 }],
  [78, { min: 42, max: 66 }, { side: 'above', value: 78, limit: 66, aim: 54, severity: 0.5 }],
  [500, { min: 42, max: 66 }, { side: 'above', value: 500, limit: 66, aim: 54, severity: 1 }],
  [0.75, { max: 0.5 }, { side: 'above', value: 0.75, limit: 0.5, aim: 0.4, severity: 0.5 }],
  [20, { min: 40 }, { side: 'below', value: 20, limit: 40, aim: 48, severity: 0.5 }]
])('%d within %j', (value, band, expected) => {
  expect(deviationOf(row('sharpness', value, band))).toEqual(expected)
})

it.each([
  [50, { min: 42, max: 66 }],
  [42, { min: 42, max: 66 }],
  [1, {}],
  [null, { min: 1 }]
])('%s within %j misses nothing', (value, band) => {
  expect(deviationOf(row('sharpness', value, band))).toBeNull()
})

it('is there exactly where the band says failed, and aims inside it', () => {
  fc.assert(
    fc.property(anyCriterion, (criterion) => {
      const { value, band } = criterion
      const missed =
        value !== null && ((band.min !== undefined && value < band.min) || (band.max !== undefined && value > band.max))
      expect(deviationOf(criterion) !== null).toBe(missed)
      const aim = aimOf(band)
      if (aim !== undefined && band.min !== undefined) expect(aim).toBeGreaterThanOrEqual(band.min)
      if (aim !== undefined && band.max !== undefined) expect(aim).toBeLessThanOrEqual(band.max)
    })
  )
})

it('tells how far a value has come', () => {
  const at = (value: number) => row('head-height', value, { min: 40, max: 60 })
  expect(progressTowardsAim(at(30), at(50))).toBe(1)
  expect(progressTowardsAim(at(30), at(40))).toBe(0.5)
  expect(progressTowardsAim(at(30), at(30))).toBe(0)
  expect(progressTowardsAim(at(30), at(20))).toBe(-0.5)
  expect(progressTowardsAim(at(30), at(70))).toBe(0)
  expect(progressTowardsAim(row('head-height', null, {}), at(1))).toBeNull()
})
