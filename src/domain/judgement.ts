import { z } from 'zod'
import { type Criterion, criterionSchema } from './criterion.ts'

/** The ledger of one picture and what follows from it. */
export const judgementSchema = z.object({
  passed: z.boolean(),
  /** Mean score of the criteria that were decided, 0..1: orders attempts of which none passed. */
  score: z.number().min(0).max(1),
  ledger: z.array(criterionSchema)
})
export type Judgement = z.infer<typeof judgementSchema>

const DECIDED = new Set<Criterion['outcome']>(['passed', 'failed', 'undecided'])

/** Passed when at least one criterion was decided and none failed or stayed undecided. */
export function judgementOf(ledger: readonly Criterion[]): Judgement {
  const decided = ledger.filter((criterion) => DECIDED.has(criterion.outcome))
  const total = decided.reduce((sum, criterion) => sum + criterion.score, 0)
  return {
    passed: decided.length > 0 && decided.every((criterion) => criterion.outcome === 'passed'),
    score: decided.length > 0 ? total / decided.length : 0,
    ledger: [...ledger]
  }
}

/** Whether there is a picture to look at: one that is empty or cannot be read is judged by that alone. */
export function isViewable(ledger: readonly Criterion[]): boolean {
  return !ledger.some(({ id, outcome }) => id === 'picture-valid' && outcome === 'failed')
}

export function failedCriteria(judgement: Judgement): Criterion[] {
  return judgement.ledger.filter((criterion) => criterion.outcome === 'failed' || criterion.outcome === 'undecided')
}
