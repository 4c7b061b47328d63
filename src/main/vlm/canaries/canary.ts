import type { LocalReference } from '../../../domain/engine.ts'
import type { Canary } from '../../../domain/judging/calibration.ts'
import type { JudgeQuestion } from '../../../domain/judging/question.ts'

/** A question whose right answer is known. */
export interface KnownQuestion {
  readonly question: JudgeQuestion
  readonly truth: Canary['truth']
}

/** A picture made for the purpose, and what is known of it. */
export interface CanaryPicture {
  /** The photo it was made from. */
  readonly photo: string
  readonly path: string
  /** What it is held against where two pictures are compared. */
  readonly references: readonly LocalReference[]
  readonly known: readonly KnownQuestion[]
}
