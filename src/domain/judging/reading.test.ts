import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { YesNoAnswer } from '../chat-model.ts'
import { anyAnswer, saying } from './answers.fixture.ts'
import { LOWEST_PASS_AT } from './calibration.ts'
import { doubtInWords, outcomeOf, readAnswers, UNCALIBRATED_PASS_AT } from './reading.ts'

const anyThreshold = fc.double({ min: LOWEST_PASS_AT, max: 1, noNaN: true })
const RANK = { failed: 0, undecided: 1, passed: 2 }
const verdict = (positive: YesNoAnswer, negated: YesNoAnswer, passAt = UNCALIBRATED_PASS_AT) =>
  outcomeOf(readAnswers(positive, negated), passAt)

describe('two phrasings of one question', () => {
  it.each([
    ['yes and no: as it should be', 0.9, 0.1, 'passed'],
    ['no and yes: not as it should be', 0.2, 0.9, 'failed'],
    ['yes to both', 0.95, 0.9, 'undecided'],
    ['no to both', 0.1, 0.05, 'undecided'],
    ['sure once, in doubt the other time', 0.95, 0.45, 'passed'],
    ['in doubt both times', 0.52, 0.48, 'undecided']
  ] as const)('%s', (_name, positive, negated, outcome) => {
    expect(verdict(saying(positive), saying(negated))).toBe(outcome)
  })

  it('swapped, score from the other end', () => {
    fc.assert(
      fc.property(anyAnswer, anyAnswer, (one, other) => {
        const [reading, swapped] = [readAnswers(one, other), readAnswers(other, one)]
        expect(swapped.standing).toBe(reading.standing)
        expect(swapped.score).toBeCloseTo(1 - reading.score, 12)
      })
    )
  })

  it('never do worse for more yes to the positive one', () => {
    const pair = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(pair, anyAnswer, anyThreshold, ([a, b], negated, passAt) => {
        const [less, more] = [a, b].sort((x, y) => x - y)
        const [before, after] = [saying(less ?? 0), saying(more ?? 0)]
        expect(readAnswers(after, negated).score).toBeGreaterThanOrEqual(readAnswers(before, negated).score)
        expect(RANK[verdict(after, negated, passAt)]).toBeGreaterThanOrEqual(RANK[verdict(before, negated, passAt)])
      })
    )
  })

  it('answered alike, whatever the answer, are never passed', () => {
    fc.assert(
      fc.property(anyAnswer, anyThreshold, (answer, passAt) => {
        expect(verdict(answer, answer, passAt)).toBe('undecided')
      })
    )
  })

  it('answered with neither yes nor no are never passed', () => {
    expect(readAnswers({ yes: 0.3, no: 0.1 }, saying(0.1))).toEqual({ score: 0.5, standing: 'says-neither' })
    expect(verdict({ yes: 0.3, no: 0.1 }, saying(0.1))).toBe('undecided')
  })

  it('say why they decide nothing', () => {
    expect(doubtInWords(readAnswers(saying(1), saying(1)), 0.6)).toContain('contradicts itself')
    expect(doubtInWords(readAnswers({ yes: 0, no: 0 }, saying(1)), 0.6)).toContain('neither yes nor no')
    expect(doubtInWords(readAnswers(saying(0.5), saying(0.5)), 0.6)).toContain('not sure')
    expect(doubtInWords(readAnswers(saying(1), saying(0)), 0.6)).toBeUndefined()
  })
})
