import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgementOf } from '../judgement.ts'
import { row } from '../rules/sample-job.fixture.ts'
import { anyAnswer, saying } from './answers.fixture.ts'
import { preferredByScore, preferredByVeto, preferredInBothOrders } from './preference.ts'

const judged = (sharpness: number, identity: number) =>
  judgementOf([
    row('sharpness', sharpness, { min: 50 }, { score: sharpness / 100 }),
    row('identity', identity, { max: 0.5 }, { score: 1 - identity })
  ])
/** Says of each place how likely it is the better one. */
const answers = (first: number, second: number) => ({ first: saying(first), second: saying(second) })

describe('between two attempts', () => {
  it('the one that is not that person never wins by liking', () => {
    expect(preferredByVeto(judged(10, 0.2), judged(90, 0.8))).toMatchObject({
      better: 'champion',
      decidedBy: 'measurements'
    })
    expect(preferredByVeto(judged(90, 0.8), judged(10, 0.2))).toMatchObject({ better: 'challenger' })
    expect(preferredByVeto(judged(10, 0.2), judged(90, 0.2))).toBeNull()
  })

  it('the score decides, and the later of equal ones is taken', () => {
    expect(preferredByScore(judged(90, 0.2), judged(10, 0.2)).better).toBe('champion')
    expect(preferredByScore(judged(10, 0.2), judged(10, 0.2)).better).toBe('challenger')
  })
})

describe('what a model prefers in both orders', () => {
  it('is told by picture, not by place', () => {
    expect(preferredInBothOrders(answers(0.1, 0.9), answers(0.9, 0.1))).toMatchObject({
      better: 'challenger',
      decidedBy: 'judge'
    })
    expect(preferredInBothOrders(answers(0.9, 0.1), answers(0.1, 0.9))).toMatchObject({ better: 'champion' })
  })

  it.each([
    ['always the first', answers(0.9, 0.1), answers(0.9, 0.1)],
    ['always the second', answers(0.1, 0.9), answers(0.1, 0.9)],
    ['yes to everything', answers(1, 1), answers(1, 1)],
    ['hardly any difference', answers(0.5, 0.55), answers(0.55, 0.5)],
    ['neither yes nor no', { first: { yes: 0, no: 0.1 }, second: saying(1) }, answers(1, 0)]
  ])('is a tie: %s', (_name, forward, backward) => {
    expect(preferredInBothOrders(forward, backward)).toBeNull()
  })

  it('turns round with the pictures', () => {
    const anyAnswers = fc.record({ first: anyAnswer, second: anyAnswer })
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (forward, backward) => {
        const [one, other] = [preferredInBothOrders(forward, backward), preferredInBothOrders(backward, forward)]
        if (one === null || other === null) expect(one).toEqual(other)
        else {
          expect(one.better).not.toBe(other.better)
          expect(one.probability ?? 0).toBeCloseTo(1 - (other.probability ?? 0), 12)
        }
      })
    )
  })
})
