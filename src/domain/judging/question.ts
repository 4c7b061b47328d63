import type { CriterionId } from '../criterion.ts'

/** Which pictures a question is about: the portrait alone, or the reference photo first and the portrait second. */
export type Shown = 'portrait' | 'reference-and-portrait'

/** One criterion that a model is asked about, in two phrasings that are answered the other way round. */
export interface JudgeQuestion {
  readonly id: CriterionId
  readonly shown: Shown
  /** As a photographer reads it in the ledger. */
  readonly question: string
  /** Yes means that the portrait is as it should be. */
  readonly positive: string
  /** No means that the portrait is as it should be. */
  readonly negated: string
}
