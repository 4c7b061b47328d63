import { describe, expect, it } from 'vitest'
import { type Criterion, type Outcome, outcomeWithin } from './criterion.ts'
import { failedCriteria, judgementOf } from './judgement.ts'

function row(outcome: Outcome, score = 1): Criterion {
  return {
    id: 'sharpness',
    question: 'Is the face sharp?',
    source: 'measured',
    outcome,
    value: 1,
    unit: '',
    band: {},
    score,
    regions: [],
    measuredBy: { engine: 'test', version: '1' }
  }
}

describe('judgementOf', () => {
  it('passes when all that was decided passed', () => {
    expect(judgementOf([row('passed'), row('advisory', 0), row('not-attempted', 0)])).toMatchObject({
      passed: true,
      score: 1
    })
  })

  it.each(['failed', 'undecided'] as const)('one %s criterion is enough to fail', (outcome) => {
    expect(judgementOf([row('passed'), row(outcome, 0)])).toMatchObject({ passed: false, score: 0.5 })
  })

  it('an empty ledger, or one nobody decided, never passes', () => {
    expect(judgementOf([]).passed).toBe(false)
    expect(judgementOf([row('advisory'), row('not-attempted')])).toMatchObject({ passed: false, score: 0 })
  })

  it('lists what has to be mended', () => {
    const judgement = judgementOf([row('passed'), row('failed'), row('undecided'), row('advisory')])
    expect(failedCriteria(judgement).map((criterion) => criterion.outcome)).toEqual(['failed', 'undecided'])
  })
})

describe('outcomeWithin', () => {
  it.each([
    [1, { min: 1, max: 2 }, 'passed'],
    [2, { min: 1, max: 2 }, 'passed'],
    [0.99, { min: 1 }, 'failed'],
    [2.01, { max: 2 }, 'failed'],
    [5, {}, 'passed'],
    [Number.NaN, {}, 'failed'],
    [Number.POSITIVE_INFINITY, { min: 0 }, 'failed']
  ] as const)('%d within %j is %s', (value, band, outcome) => {
    expect(outcomeWithin(value, band)).toBe(outcome)
  })
})
