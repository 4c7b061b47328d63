import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyAnswer, saying } from './answers.fixture.ts'
import {
  beatsChance,
  bestThreshold,
  type Canary,
  type CriterionCalibration,
  calibrateCriterion,
  canTell,
  type JudgeCalibration,
  LOWEST_PASS_AT
} from './calibration.ts'
import { trustInWords } from './calibration-words.ts'
import { judgedRow } from './ledger-row.ts'
import type { JudgeQuestion } from './question.ts'
import { readAnswers, UNCALIBRATED_PASS_AT } from './reading.ts'
import { voteOn } from './vote.ts'

const canary = (photo: string, truth: Canary['truth'], score: number): Canary => ({
  photo,
  truth,
  reading: readAnswers(saying(score), saying(1 - score))
})
/** One sound and one flawed canary of each photo. */
const canaries = (pairs: readonly (readonly [sound: number, flawed: number])[]): Canary[] =>
  pairs.flatMap(([sound, flawed], photo) => [canary(`${photo}`, 'sound', sound), canary(`${photo}`, 'flawed', flawed)])

const anyCanaries = fc.array(
  fc.record({
    photo: fc.constantFrom('a', 'b', 'c'),
    truth: fc.constantFrom<Canary['truth']>('sound', 'flawed'),
    reading: fc.tuple(anyAnswer, anyAnswer).map(([positive, negated]) => readAnswers(positive, negated))
  }),
  { maxLength: 20 }
)

describe('the threshold', () => {
  it('lies in the middle of the gap between sound and flawed', () => {
    expect(
      bestThreshold(
        canaries([
          [0.9, 0.65],
          [0.85, 0.7],
          [0.95, 0.1]
        ])
      )
    ).toBeCloseTo((0.85 + 0.7) / 2, 12)
  })

  it('is that of no calibration where there is nothing to learn from', () => {
    expect(bestThreshold([])).toBe(UNCALIBRATED_PASS_AT)
    expect(bestThreshold([canary('a', 'sound', 0.9)])).toBe(UNCALIBRATED_PASS_AT)
    expect(bestThreshold(canaries([[0.3, 0.9]]))).toBe(UNCALIBRATED_PASS_AT)
  })

  it('stays above what a judge scores that answers everything alike', () => {
    expect(
      bestThreshold(
        canaries([
          [0.5, 0.1],
          [0.5, 0.2]
        ])
      )
    ).toBeGreaterThanOrEqual(LOWEST_PASS_AT)
    fc.assert(
      fc.property(anyCanaries, (all) => {
        const at = bestThreshold(all)
        expect(at).toBeGreaterThanOrEqual(LOWEST_PASS_AT)
        expect(at).toBeLessThanOrEqual(1)
      })
    )
  })
})

describe('a calibration', () => {
  it('counts what was wrongly accepted and wrongly refused', () => {
    const { flawed, sound } = calibrateCriterion(
      'vlm:face',
      canaries([
        [0.9, 0.1],
        [0.9, 0.1],
        [0.2, 0.95],
        [0.9, 0.1]
      ])
    )
    expect(flawed).toEqual({ n: 4, accepted: 1 })
    expect(sound).toEqual({ n: 4, rejected: 1 })
  })

  it('counts a contradiction as refused, whatever it scores', () => {
    const torn = { photo: 'a', truth: 'sound', reading: readAnswers(saying(1), saying(0.7)) } as const
    expect(calibrateCriterion('vlm:face', [torn]).sound).toEqual({ n: 1, rejected: 1 })
  })

  it('judges each photo by what the others taught', () => {
    // The fitted threshold of all three accepts 0.8 and refuses 0.7; without its photo none would have drawn it there.
    const odd = calibrateCriterion(
      'vlm:face',
      canaries([
        [0.99, 0.5],
        [0.99, 0.5],
        [0.8, 0.78]
      ])
    )
    expect(odd.flawed).toEqual({ n: 3, accepted: 1 })
  })

  it('never has more errors than canaries', () => {
    fc.assert(
      fc.property(anyCanaries, (all) => {
        const { flawed, sound } = calibrateCriterion('vlm:face', all)
        expect(flawed.n + sound.n).toBe(all.length)
        expect(flawed.accepted).toBeLessThanOrEqual(flawed.n)
        expect(sound.rejected).toBeLessThanOrEqual(sound.n)
      })
    )
  })
})

const QUESTION: JudgeQuestion = {
  id: 'vlm:face',
  shown: 'portrait',
  question: 'Does the face look natural?',
  positive: 'Does it?',
  negated: 'Does it not?'
}
const judge = { engine: 'local', version: '1' }
const calibrated = (...criteria: CriterionCalibration[]): JudgeCalibration => ({
  _id: 'local 1',
  judge,
  catalogue: 1,
  photos: 1,
  measuredAt: new Date(0),
  criteria
})
const counts = (accepted: number, rejected: number, n = 10) =>
  ({ id: 'vlm:face', passAt: 0.7, flawed: { n, accepted }, sound: { n, rejected } }) as const

describe('a judge', () => {
  it('keeps its vote where it is better than chance, and says how often it errs', () => {
    expect(beatsChance(counts(1, 1))).toBe(true)
    const row = judgedRow(QUESTION, readAnswers(saying(0.9), saying(0.1)), {
      judge,
      calibration: calibrated(counts(1, 1))
    })
    expect(row).toMatchObject({ outcome: 'passed', band: { min: 0.7 }, measuredBy: judge })
    expect(row.note).toBe(
      'Of planted flaws it accepted 10% (1 of 10, 95% interval 2 to 40%), of sound pictures it refused 10% (1 of 10, 95% interval 2 to 40%).'
    )
  })

  it('loses it where chance would do as well, and says so', () => {
    expect(beatsChance(counts(5, 5))).toBe(false)
    expect(beatsChance(counts(8, 0))).toBe(false)
    for (const yes of [0, 1]) {
      const row = judgedRow(QUESTION, readAnswers(saying(yes), saying(1 - yes)), {
        judge,
        calibration: calibrated(counts(5, 5))
      })
      expect(row.outcome).toBe('advisory')
      expect(row.note).toContain('no vote')
    }
  })

  it('judges with the usual limits where nobody has calibrated it, and says that', () => {
    const row = judgedRow(QUESTION, readAnswers(saying(0.9), saying(0.1)), { judge, calibration: null })
    expect(row).toMatchObject({ outcome: 'passed', band: { min: UNCALIBRATED_PASS_AT } })
    expect(row.note).toContain('never calibrated')
  })

  it.each([
    ['no flaw was planted', { flawed: { n: 0, accepted: 0 }, sound: { n: 10, rejected: 0 } }],
    ['one of each is all there was', { flawed: { n: 1, accepted: 0 }, sound: { n: 1, rejected: 0 } }],
    ['it was wrong on the only two', { flawed: { n: 1, accepted: 1 }, sound: { n: 1, rejected: 1 } }]
  ])('keeps it where %s: nobody can tell it from chance, and it says so', (_what, tried) => {
    const few = { ...counts(0, 0), ...tried }
    expect(canTell(few)).toBe(false)
    const vote = voteOn(calibrated(few), 'vlm:face')
    expect(vote).toMatchObject({ ground: 'too-few', counts: true })
    expect(trustInWords(vote)).toContain('too few pictures to tell')
  })

  it('keeps its vote on what could not be planted, and says that this was not measured', () => {
    const vote = voteOn(calibrated(counts(0, 0), { ...counts(9, 0), id: 'vlm:mood' }), 'vlm:hands')
    expect(vote).toEqual({ ground: 'not-measured', counts: true, measured: undefined })
    expect(trustInWords(vote)).toContain('was not measured')
  })

  it('has no vote on what could not be planted either where it lost most of the others', () => {
    const mood = { ...counts(9, 0), id: 'vlm:mood' } as const
    const attire = { ...counts(9, 0), id: 'vlm:attire' } as const
    const calibration = calibrated(counts(0, 0), mood, attire)
    const row = judgedRow({ ...QUESTION, id: 'vlm:hands' }, readAnswers(saying(1), saying(0)), { judge, calibration })
    expect(row.outcome).toBe('advisory')
    expect(row.note).toContain('no better than chance on most')
    // What it was found good at still counts.
    expect(voteOn(calibration, 'vlm:face').counts).toBe(true)
  })
})

it('two pictures of each kind are the least that can tell a perfect judge from chance', () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), fc.nat({ max: 12 }), (flawed, sound) => {
      const tried = { ...counts(0, 0), flawed: { n: flawed, accepted: 0 }, sound: { n: sound, rejected: 0 } }
      expect(canTell(tried)).toBe(beatsChance(tried))
      if (Math.min(flawed, sound) >= 2) expect(canTell(tried)).toBe(true)
      if (Math.min(flawed, sound) === 0) expect(canTell(tried)).toBe(false)
    })
  )
})
