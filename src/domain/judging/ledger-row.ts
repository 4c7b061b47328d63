import type { Criterion } from '../criterion.ts'
import type { EngineIdentity } from '../engine.ts'
import { beatsChance, type CriterionCalibration } from './calibration.ts'
import { trustInWords } from './calibration-words.ts'
import type { JudgeQuestion } from './question.ts'
import { doubtInWords, outcomeOf, type Reading, UNCALIBRATED_PASS_AT } from './reading.ts'

export interface JudgedBy {
  readonly judge: EngineIdentity
  /** Of this question; undefined where the judge was never tried on it. */
  readonly calibration: CriterionCalibration | undefined
}

/** One verdict of the judge as a row of the ledger, with how far it can be trusted. Advisory where it has lost its vote. */
export function judgedRow(question: JudgeQuestion, reading: Reading, { judge, calibration }: JudgedBy): Criterion {
  const passAt = calibration?.passAt ?? UNCALIBRATED_PASS_AT
  const hasVote = calibration === undefined || beatsChance(calibration) !== false
  const doubt = doubtInWords(reading, passAt)
  return {
    id: question.id,
    question: question.question,
    source: 'vlm',
    outcome: hasVote ? outcomeOf(reading, passAt) : 'advisory',
    value: reading.standing === 'says-neither' ? null : reading.score,
    unit: 'probability',
    band: { min: passAt },
    score: reading.score,
    note: [doubt, trustInWords(calibration)].filter((part) => part !== undefined).join(' '),
    regions: [],
    measuredBy: { engine: judge.engine, version: judge.version }
  }
}
