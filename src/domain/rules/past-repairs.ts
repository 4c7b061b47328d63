import type { Brief, Repair } from '../brief.ts'
import type { Criterion, CriterionId } from '../criterion.ts'
import type { Judgement } from '../judgement.ts'
import { progressTowardsAim } from './deviation.ts'

/** A repair moved its value by less than this share of the way: trying more of the same is not worth an attempt. */
const SOME_EFFECT = 0.1

type Effect = 'helped' | 'nothing' | 'worse' | 'unknown'

export interface PastRepair {
  readonly repair: Repair
  /** What became of the value it was meant for. */
  readonly effect: Effect
  /** Number of the brief it stands in, from 0. */
  readonly brief: number
}

const rowOf = (judgement: Judgement | undefined, id: CriterionId): Criterion | undefined =>
  judgement?.ledger.find((criterion) => criterion.id === id)

function effectBetween(before: Criterion | undefined, after: Criterion | undefined): Effect {
  const progress = before && after ? progressTowardsAim(before, after) : null
  if (progress === null) return 'unknown'
  if (progress >= SOME_EFFECT) return 'helped'
  return progress <= -SOME_EFFECT ? 'worse' : 'nothing'
}

/** Every repair made so far and what it did. Attempt n was made from `briefs[n]` and judged in `judgements[n]`. */
export function pastRepairs(briefs: readonly Brief[], judgements: readonly Judgement[]): PastRepair[] {
  return briefs.flatMap((brief, number) =>
    brief.repairs.map((repair) => ({
      repair,
      brief: number,
      effect: effectBetween(
        rowOf(judgements[number - 1], repair.criterion),
        rowOf(judgements[number], repair.criterion)
      )
    }))
  )
}
