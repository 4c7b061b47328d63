import type { Criterion } from '../criterion.ts'
import type { EngineIdentity } from '../engine.ts'
import type { JudgeCalibration } from './calibration.ts'
import { trustInWords } from './calibration-words.ts'
import type { JudgeQuestion } from './question.ts'
import { doubtInWords, outcomeOf, type Reading, UNCALIBRATED_PASS_AT } from './reading.ts'
import { voteOn } from './vote.ts'

export interface JudgedBy {
  readonly judge: EngineIdentity
  /** Null where the judge was never tried. */
  readonly calibration: JudgeCalibration | null
}

/** One verdict of the judge as a row of the ledger, with how far it can be trusted. Advisory where it has lost its vote. */
export function judgedRow(question: JudgeQuestion, reading: Reading, { judge, calibration }: JudgedBy): Criterion {
  const vote = voteOn(calibration, question.id)
  const passAt = vote.measured?.passAt ?? UNCALIBRATED_PASS_AT
  const doubt = doubtInWords(reading, passAt)
  return {
    id: question.id,
    question: question.question,
    source: 'vlm',
    outcome: vote.counts ? outcomeOf(reading, passAt) : 'advisory',
    value: reading.standing === 'says-neither' ? null : reading.score,
    unit: 'probability',
    band: { min: passAt },
    score: reading.score,
    note: [doubt, trustInWords(vote)].filter((part) => part !== undefined).join(' '),
    regions: [],
    measuredBy: { engine: judge.engine, version: judge.version }
  }
}
