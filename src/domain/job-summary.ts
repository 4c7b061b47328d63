import type { Size } from './geometry.ts'
import type { ArtifactId, Job, JobSummary } from './job.ts'

interface Shown {
  readonly picture?: { readonly artifact: ArtifactId; readonly size: Size } | null | undefined
  readonly judgement?: { readonly passed: boolean; readonly score: number } | null | undefined
}

/** The parts of a job that its summary is made of; a whole job has them all. */
export type SummarySource = Pick<
  Job,
  | '_id'
  | 'revision'
  | 'subjectId'
  | 'status'
  | 'priority'
  | 'position'
  | 'createdAt'
  | 'updatedAt'
  | 'parameters'
  | 'maxAttempts'
  | 'chosenBy'
  | 'rating'
  | 'attemptRatings'
  | 'failedCriteria'
  | 'deletedAt'
> & {
  readonly references: readonly {
    readonly artifact: ArtifactId
    readonly name: string
    readonly inspection?: Size | null | undefined
  }[]
  readonly attempts: readonly Shown[]
  readonly final?: Shown | null | undefined
  readonly best?: Shown | null | undefined
  readonly waiting?: object | null | undefined
  readonly error?: { readonly code: string } | null | undefined
  readonly engines?: { readonly generator: { readonly engine: string } } | null | undefined
  readonly requestedEngines: { readonly generator: string | null }
}

type Cover = Pick<JobSummary, 'cover' | 'coverKind' | 'coverSize' | 'score'>

function coverOf({ final, best, attempts, references }: SummarySource): Cover {
  const made = [
    { coverKind: 'final', shown: final },
    { coverKind: 'best', shown: best },
    { coverKind: 'attempt', shown: attempts.findLast((attempt) => attempt.picture) }
  ] as const
  for (const { coverKind, shown } of made) {
    if (!shown?.picture) continue
    const { artifact, size } = shown.picture
    return { coverKind, cover: artifact, coverSize: size, score: shown.judgement?.score ?? null }
  }
  const [reference] = references
  const seen = reference?.inspection
  return {
    coverKind: 'reference',
    cover: reference?.artifact ?? null,
    coverSize: seen ? { width: seen.width, height: seen.height } : null,
    score: null
  }
}

/** What a list shows of a job. The score is that of the picture shown. */
export function summarize(job: SummarySource): JobSummary {
  return {
    _id: job._id,
    revision: job.revision,
    subjectId: job.subjectId,
    status: job.status,
    priority: job.priority,
    position: job.position,
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
    parameters: job.parameters,
    maxAttempts: job.maxAttempts,
    chosenBy: job.chosenBy,
    rating: job.rating,
    attemptRatings: job.attemptRatings,
    failedCriteria: job.failedCriteria,
    deletedAt: job.deletedAt,
    name: job.references[0]?.name ?? '',
    attempts: job.attempts.length,
    verdicts: job.attempts.map((attempt) => attempt.judgement?.passed ?? null),
    ...coverOf(job),
    generator: job.engines?.generator.engine ?? job.requestedEngines.generator,
    waiting: Boolean(job.waiting),
    errorCode: job.error?.code ?? null
  }
}
