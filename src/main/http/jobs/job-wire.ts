import { z } from 'zod'
import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import { errorCodeSchema } from '../../../domain/errors.ts'
import { type Attempt, type Deliverable, type JobSummary, jobStatusSchema } from '../../../domain/job.ts'
import { failedCriteria } from '../../../domain/judgement.ts'
import { comparisonInWords } from '../../../domain/judging/comparison-words.ts'

/** Words and shapes of the seed system's REST contract; what is ours beside them only adds. */

const instant = z.iso.datetime()

const toldErrorSchema = z
  .object({ code: errorCodeSchema, message: z.string(), hint: z.string() })
  .meta({ id: 'ToldError' })

const validationResultSchema = z.object({
  valid: z.boolean(),
  /** 0..1 */
  score: z.number().min(0).max(1),
  /** What failed, each in one sentence. */
  issues: z.array(z.string()),
  /** What the next attempt was asked for instead; null where there is none. */
  tuned_prompt: z.string().nullable()
})

export const attemptWireSchema = z
  .object({
    attempt: z.int().positive(),
    prompt: z.string(),
    /** Why the prompt is not as the model wrote it; null where it is, and where no model was to write it. */
    prompt_note: z.string().nullable(),
    /** Whether it is better than the best attempt before it, and who said so; null where it was not compared. */
    comparison: z.string().nullable(),
    /** null until it is judged */
    validation_result: validationResultSchema.nullable(),
    status: z.enum(['processing', 'passed', 'failed']),
    seed: z.int(),
    started_at: instant,
    /** Address of its picture; null until it is made. */
    image: z.string().nullable(),
    width: z.int().nullable(),
    height: z.int().nullable()
  })
  .meta({ id: 'Attempt' })
export type AttemptWire = z.infer<typeof attemptWireSchema>

export const jobWireSchema = z
  .object({
    job_id: z.string(),
    parameters: z.record(z.string(), z.string()),
    current_status: z.object({ status: jobStatusSchema, timestamp: instant }),
    attempts: z.array(attemptWireSchema),
    created_at: instant,
    updated_at: instant,
    priority: z.int(),
    max_attempts: z.int(),
    seed: z.int(),
    references: z.array(z.object({ name: z.string(), bytes: z.int(), face: z.int().nullable() })),
    /** Why it failed without a verdict. */
    error: toldErrorSchema.nullable(),
    /** Why it waits though it is its turn, e.g. an engine is away. */
    waiting: toldErrorSchema.nullable(),
    /** Names of the engines that work on it; null until they are chosen. */
    engines: z.object({ vlm: z.string(), generator: z.string() }).nullable(),
    links: z.record(z.string(), z.string())
  })
  .meta({ id: 'Job' })
export type JobWire = z.infer<typeof jobWireSchema>

export const jobSummaryWireSchema = z
  .object({
    job_id: z.string(),
    status: jobStatusSchema,
    name: z.string(),
    parameters: z.record(z.string(), z.string()),
    attempts: z.int(),
    max_attempts: z.int(),
    priority: z.int(),
    score: z.number().nullable(),
    error_code: z.string().nullable(),
    created_at: instant,
    updated_at: instant,
    links: z.record(z.string(), z.string())
  })
  .meta({ id: 'JobSummary' })
export type JobSummaryWire = z.infer<typeof jobSummaryWireSchema>

export const jobAddress = (id: string) => `/jobs/${encodeURIComponent(id)}`

export function attemptWire(job: JobDetail, attempt: Attempt): AttemptWire {
  const { judgement, picture } = attempt
  const next = job.attempts.find(({ number }) => number === attempt.number + 1)
  return {
    attempt: attempt.number,
    prompt: attempt.brief.prompt,
    prompt_note: attempt.brief.note ?? null,
    comparison: attempt.comparison ? comparisonInWords(attempt.number, attempt.comparison) : null,
    validation_result: judgement && {
      valid: judgement.passed,
      score: judgement.score,
      issues: failedCriteria(judgement).map(({ question, note }) => note ?? question),
      tuned_prompt: next?.brief.prompt ?? null
    },
    status: judgement === null ? 'processing' : judgement.passed ? 'passed' : 'failed',
    seed: attempt.seed,
    started_at: attempt.startedAt.toISOString(),
    image: picture && `${jobAddress(job._id)}/attempts/${attempt.number}/image`,
    width: picture?.size.width ?? null,
    height: picture?.size.height ?? null
  }
}

type Told = { readonly code: z.infer<typeof errorCodeSchema>; readonly message: string; readonly hint: string }
const told = ({ code, message, hint }: Told) => ({ code, message, hint })

export function jobWire(job: JobDetail): JobWire {
  return {
    job_id: job._id,
    parameters: job.parameters,
    current_status: { status: job.status, timestamp: job.updatedAt.toISOString() },
    attempts: job.attempts.map((attempt) => attemptWire(job, attempt)),
    created_at: job.createdAt.toISOString(),
    updated_at: job.updatedAt.toISOString(),
    priority: job.priority,
    max_attempts: job.maxAttempts,
    seed: job.seed,
    references: job.references.map(({ name, bytes, face }) => ({ name, bytes, face })),
    error: job.error && told(job.error),
    waiting: job.waiting && told(job.waiting.error),
    engines: job.engines && { vlm: job.engines.vlm.engine, generator: job.engines.generator.engine },
    links: linksOf(job._id, { final: job.final, best: job.best, report: job.report })
  }
}

interface Made {
  readonly final: Deliverable | null
  readonly best: Deliverable | null
  readonly report: object | null
}

/** Addresses that answer now. */
export function linksOf(id: string, { final, best, report }: Made): Record<string, string> {
  const at = jobAddress(id)
  return {
    self: at,
    events: `${at}/events`,
    ledger: `${at}/ledger`,
    ...(final && { result: `${at}/result` }),
    ...(best && { best: `${at}/best` }),
    ...(report && { report: `${at}/report` })
  }
}

export function jobSummaryWire(job: JobSummary): JobSummaryWire {
  return {
    job_id: job._id,
    status: job.status,
    name: job.name,
    parameters: job.parameters,
    attempts: job.attempts,
    max_attempts: job.maxAttempts,
    priority: job.priority,
    score: job.score,
    error_code: job.errorCode,
    created_at: job.createdAt.toISOString(),
    updated_at: job.updatedAt.toISOString(),
    links: { self: jobAddress(job._id) }
  }
}
