import type { ArtifactId, Job, JobSummary } from './job.ts'

interface ShownPicture {
  readonly artifact: ArtifactId
}

interface Shown {
  readonly picture?: ShownPicture | null | undefined
  readonly judgement?: { readonly score: number } | null | undefined
}

/** The parts of a job that its summary is made of; a whole job has them all. */
export type SummarySource = Pick<
  Job,
  | '_id'
  | 'revision'
  | 'subjectId'
  | 'status'
  | 'priority'
  | 'createdAt'
  | 'updatedAt'
  | 'parameters'
  | 'maxAttempts'
  | 'chosenBy'
> & {
  readonly references: readonly { readonly artifact: ArtifactId; readonly name: string }[]
  readonly attempts: readonly Shown[]
  readonly final?: Shown | null | undefined
  readonly best?: Shown | null | undefined
  readonly waiting?: object | null | undefined
  readonly error?: { readonly code: string } | null | undefined
}

/** What a list shows of a job. The score is that of the picture shown. */
export function summarize(job: SummarySource): JobSummary {
  const { _id, revision, subjectId, status, priority, createdAt, updatedAt, parameters, maxAttempts, chosenBy } = job
  const shown = job.final ?? job.best ?? job.attempts.findLast((attempt) => attempt.picture)
  const [reference] = job.references
  return {
    _id,
    revision,
    subjectId,
    status,
    priority,
    createdAt,
    updatedAt,
    parameters,
    maxAttempts,
    chosenBy,
    name: reference?.name ?? '',
    attempts: job.attempts.length,
    cover: shown?.picture?.artifact ?? reference?.artifact ?? null,
    score: shown?.judgement?.score ?? null,
    waiting: Boolean(job.waiting),
    errorCode: job.error?.code ?? null
  }
}
