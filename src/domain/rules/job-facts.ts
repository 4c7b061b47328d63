import type { Criterion, CriterionId } from '../criterion.ts'
import { DELIVERY_PROFILES, type DeliveryProfile } from '../delivery-profile.ts'
import type { Attempt, Job } from '../job.ts'
import { failedCriteria, type Judgement } from '../judgement.ts'

type JudgedAttempt = Attempt & { readonly judgement: Judgement }

/** What a report is written from: the job's ledgers and nothing else. */
export interface JobFacts {
  readonly job: Job
  readonly profile: DeliveryProfile
  readonly judged: readonly JudgedAttempt[]
  /** What still failed where the job ended: in its last attempt and in the one that is kept. Worst first. */
  readonly failing: readonly Criterion[]
  /** What the engine said it does not do. */
  readonly notAttempted: readonly Criterion[]
  readonly isPhotographic: boolean
}

const isJudged = (attempt: Attempt): attempt is JudgedAttempt => attempt.judgement !== null

function uniqueById(criteria: readonly Criterion[]): Criterion[] {
  const seen = new Map<CriterionId, Criterion>()
  for (const criterion of criteria) if (!seen.has(criterion.id)) seen.set(criterion.id, criterion)
  return [...seen.values()]
}

export function factsOf(job: Job): JobFacts {
  const judged = job.attempts.filter(isJudged)
  const last = judged.at(-1)?.judgement
  const ends = job.final ? [job.final.judgement] : [job.best?.judgement, last].filter((each) => each !== undefined)
  const failing = uniqueById(ends.flatMap(failedCriteria)).sort((a, b) => a.score - b.score)
  const rows = ends.flatMap((judgement) => judgement.ledger)
  return {
    job,
    profile: DELIVERY_PROFILES[job.parameters.purpose],
    judged,
    failing,
    notAttempted: uniqueById(rows.filter((criterion) => criterion.outcome === 'not-attempted')),
    isPhotographic: job.engines?.generator.kind === 'photographic'
  }
}
