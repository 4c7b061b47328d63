import { z } from 'zod'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import { sizeSchema } from '../../../domain/geometry.ts'
import {
  artifactIdSchema,
  JOB_SCHEMA_VERSION,
  type Job,
  type JobSummary,
  jobSchema,
  jobSummarySchema,
  leaseSchema
} from '../../../domain/job.ts'
import { summarize } from '../../../domain/job-summary.ts'
import { requestedEnginesSchema } from '../../../domain/order.ts'
import { say } from '../../../domain/sentences/say.ts'
import type { Projection, RawDocument } from '../collection.ts'
import type { UnreadableJob } from '../job-repository.ts'

const versionSchema = z.object({ schemaVersion: z.int().positive() })

/** A row as its schema reads it. @throws StudioError `store-too-new`, or `store-damaged` with the id and what is wrong. */
function parsed<S extends z.ZodType>(row: RawDocument, schema: S): z.output<S> {
  const version = versionSchema.safeParse(row)
  if (version.success && version.data.schemaVersion > JOB_SCHEMA_VERSION) {
    throw new StudioError('store-too-new', say('error-job-newer', { job: String(row._id) }))
  }
  const result = schema.safeParse(row)
  if (result.success) return result.data
  throw new StudioError('store-damaged', say('error-job-unreadable', { job: String(row._id) }), {
    hint: 'The others are not concerned. Move it to the bin, or restore the store from a backup.',
    details: {
      id: row._id,
      issues: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    }
  })
}

export function readJob(row: RawDocument): Job {
  return parsed(row, jobSchema)
}

/** What of a job only the worker that holds it writes, and is large. */
const WORK = {
  references: true,
  engines: true,
  attempts: true,
  setbacks: true,
  final: true,
  best: true,
  report: true
} as const

const standingSchema = jobSchema.omit(WORK)
/** A job without the work on it: all that users and other workers may change while one worker holds it. */
export type JobStanding = Omit<Job, keyof typeof WORK>

export const STANDING_FIELDS: Projection<Job> = Object.fromEntries(
  Object.keys(standingSchema.shape).map((field) => [field, 1])
)

export function readStanding(row: RawDocument): JobStanding {
  return parsed(row, standingSchema)
}

const shownSchema = z.object({
  picture: z.object({ artifact: artifactIdSchema, size: sizeSchema }).nullish(),
  judgement: z.object({ passed: z.boolean(), score: z.number() }).nullish()
})

const summaryRowSchema = jobSummarySchema
  .omit({
    name: true,
    attempts: true,
    cover: true,
    coverKind: true,
    coverSize: true,
    verdicts: true,
    generator: true,
    score: true,
    waiting: true,
    errorCode: true
  })
  .extend({
    references: z.array(z.object({ artifact: artifactIdSchema, name: z.string(), inspection: sizeSchema.nullish() })),
    attempts: z.array(shownSchema),
    final: shownSchema.nullish(),
    best: shownSchema.nullish(),
    waiting: z.object({ since: z.date() }).nullish(),
    error: z.object({ code: z.string() }).nullish(),
    engines: z.object({ generator: z.object({ engine: z.string() }) }).nullish(),
    requestedEngines: requestedEnginesSchema
  })

/** The fields a summary is made of; ledgers and briefs stay in the store. */
export const SUMMARY_FIELDS = {
  schemaVersion: 1,
  revision: 1,
  subjectId: 1,
  status: 1,
  priority: 1,
  position: 1,
  createdAt: 1,
  updatedAt: 1,
  parameters: 1,
  maxAttempts: 1,
  chosenBy: 1,
  rating: 1,
  attemptRatings: 1,
  failedCriteria: 1,
  deletedAt: 1,
  'engines.generator.engine': 1,
  requestedEngines: 1,
  'references.artifact': 1,
  'references.name': 1,
  'references.inspection.width': 1,
  'references.inspection.height': 1,
  'attempts.number': 1,
  'attempts.picture.artifact': 1,
  'attempts.picture.size': 1,
  'attempts.judgement.passed': 1,
  'attempts.judgement.score': 1,
  'final.picture.artifact': 1,
  'final.picture.size': 1,
  'final.judgement.passed': 1,
  'final.judgement.score': 1,
  'best.picture.artifact': 1,
  'best.picture.size': 1,
  'best.judgement.passed': 1,
  'best.judgement.score': 1,
  'waiting.since': 1,
  'error.code': 1
} as const satisfies Projection<Job>

export function readSummary(row: RawDocument): { readonly summary: JobSummary; readonly removed: boolean } {
  const source = parsed(row, summaryRowSchema)
  return { summary: summarize(source), removed: Boolean(source.deletedAt) }
}

const statusRowSchema = jobSchema.pick({ status: true, revision: true })

export function readStatus(row: RawDocument) {
  return parsed(row, statusRowSchema)
}

/** Null for a row that a newer studio wrote or that is damaged, where the others are of use without it. */
export function readIfReadable<T>(
  row: RawDocument,
  read: (row: RawDocument) => T,
  onUnreadable: (unreadable: UnreadableJob) => void = () => undefined
): T | null {
  try {
    return read(row)
  } catch (thrown) {
    onUnreadable({ id: String(row._id), error: toStudioError(thrown) })
    return null
  }
}

const positionRowSchema = z.object({ _id: z.string(), updatedAt: z.date() })

/** Where a row stands among the changes. */
export function readPosition(row: RawDocument) {
  const { _id, updatedAt } = positionRowSchema.parse(row)
  return { date: updatedAt, id: _id }
}

const leaseRowSchema = z.object({ _id: z.string(), lease: leaseSchema })

export function readLease(row: RawDocument) {
  const { _id, lease } = parsed(row, leaseRowSchema)
  return { id: _id, lease }
}

const artifactsRowSchema = z.object({ _id: z.string(), artifacts: z.array(artifactIdSchema) })

export function readArtifacts(row: RawDocument) {
  const { _id, artifacts } = parsed(row, artifactsRowSchema)
  return { id: _id, artifacts }
}
