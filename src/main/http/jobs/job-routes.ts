import { z } from 'zod'
import { jobCountsSchema } from '../../../contract/studio/job-calls.ts'
import { JOB_ORDERS } from '../../../contract/studio/job-filter.ts'
import type { BulkResult } from '../../../contract/studio/shapes.ts'
import { criterionIdSchema, criterionSchema } from '../../../domain/criterion.ts'
import { deserializeError, errorCodeSchema } from '../../../domain/errors.ts'
import { jobStatusSchema } from '../../../domain/job.ts'
import type { HttpRoutes } from '../http-routes.ts'
import { PROBLEMS } from '../problem-responses.ts'
import { attemptOf } from './attempt-of.ts'
import {
  attemptWire,
  attemptWireSchema,
  jobSummaryWire,
  jobSummaryWireSchema,
  jobWire,
  jobWireSchema
} from './job-wire.ts'

export const jobParamsSchema = z.strictObject({ id: z.string().min(1).max(100) })
const attemptParamsSchema = jobParamsSchema.extend({ attempt: z.coerce.number().int().min(1).max(1000) })

/** A query parameter that may come once or several times. */
const several = <S extends z.ZodType>(schema: S) =>
  z.union([z.array(schema).min(1).max(50), schema.transform((one) => [one])]).optional()

const text = z.string().trim().min(1).max(200)

const listQuerySchema = z.strictObject({
  status: several(jobStatusSchema),
  purpose: several(text),
  generator: several(text),
  failed_criterion: several(criterionIdSchema),
  subject_id: several(text),
  /** Beginnings of words in names, notes and parameters. */
  q: z.string().max(200).optional(),
  sort: z.enum(JOB_ORDERS).default('created'),
  direction: z.enum(['ascending', 'descending']).default('descending'),
  cursor: z.string().min(1).max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})

const pageSchema = z
  .object({
    jobs: z.array(jobSummaryWireSchema),
    /** Those of this page that are damaged, or were written by a newer studio. */
    unreadable: z.array(z.object({ job_id: z.string(), code: errorCodeSchema })),
    /** For `cursor` of the page after; null on the last one. */
    next: z.string().nullable()
  })
  .meta({ id: 'JobPage' })

const judgedSchema = z.object({ passed: z.boolean(), score: z.number(), criteria: z.array(criterionSchema) })

const ledgerSchema = z
  .object({
    job_id: z.string(),
    attempts: z.array(z.object({ attempt: z.int(), judgement: judgedSchema.nullable() })),
    /** Of what was delivered, measured at its size. */
    final: judgedSchema.nullable(),
    best: judgedSchema.nullable()
  })
  .meta({ id: 'Ledger' })

type Judged = { readonly passed: boolean; readonly score: number; readonly ledger: z.infer<typeof criterionSchema>[] }
const judged = ({ passed, score, ledger }: Judged) => ({ passed, score, criteria: ledger })

/** Of one thing: what refused it is thrown. */
function requireDone({ refused }: BulkResult): void {
  const [first] = refused
  if (first) throw deserializeError(first.error)
}

const base = { tags: ['jobs'] }

export const jobRoutes: HttpRoutes = (app, { client }) => {
  app.get(
    '/jobs',
    {
      schema: {
        ...base,
        operationId: 'listJobs',
        summary: 'Pages of jobs, newest first unless another order is asked for',
        querystring: listQuerySchema,
        response: { 200: pageSchema, ...PROBLEMS }
      }
    },
    async ({ query }) => {
      const { q, sort, direction, cursor, limit, failed_criterion, subject_id, ...filter } = query
      const page = await client.call('jobs.list', {
        filter: { ...filter, text: q, failedCriterion: failed_criterion, subjectIds: subject_id },
        sort: { by: sort, direction },
        cursor: cursor ?? null,
        limit
      })
      return {
        jobs: page.items.map(jobSummaryWire),
        unreadable: page.unreadable.map(({ id, error: { code } }) => ({ job_id: id, code })),
        next: page.next
      }
    }
  )

  app.get(
    '/jobs/counts',
    {
      schema: {
        ...base,
        operationId: 'countJobs',
        summary: 'How many jobs there are, by status',
        response: { 200: jobCountsSchema.meta({ id: 'JobCounts' }), ...PROBLEMS }
      }
    },
    async () => await client.call('jobs.counts', {})
  )

  app.get(
    '/jobs/:id',
    {
      schema: {
        ...base,
        operationId: 'getJob',
        summary: 'A job with its attempts, without pictures',
        params: jobParamsSchema,
        response: { 200: jobWireSchema, ...PROBLEMS }
      }
    },
    async ({ params }) => jobWire(await client.call('jobs.get', params))
  )

  app.patch(
    '/jobs/:id',
    {
      schema: {
        ...base,
        operationId: 'changeJob',
        summary: 'Change its place in the queue: higher priorities are begun first',
        params: jobParamsSchema,
        body: z.strictObject({ priority: z.int().min(-1000).max(1000) }),
        response: { 200: jobWireSchema, ...PROBLEMS }
      }
    },
    async ({ params, body }) => {
      requireDone(await client.call('jobs.setPriority', { ids: [params.id], priority: body.priority }))
      return jobWire(await client.call('jobs.get', params))
    }
  )

  app.delete(
    '/jobs/:id',
    {
      schema: {
        ...base,
        operationId: 'removeJob',
        summary: 'Into the bin; what runs is cancelled',
        params: jobParamsSchema,
        response: { 204: z.null().describe('It is in the bin'), ...PROBLEMS }
      }
    },
    async ({ params }, reply) => {
      requireDone(await client.call('jobs.remove', { ids: [params.id] }))
      return await reply.status(204).send(null)
    }
  )

  for (const [verb, call, summary] of [
    ['cancel', 'jobs.cancel', 'Stop a job that waits or runs; finished steps are kept'],
    ['retry', 'jobs.retry', 'Put a failed or cancelled job back in the queue; finished steps are kept']
  ] as const) {
    app.post(
      `/jobs/:id/${verb}`,
      {
        schema: {
          ...base,
          operationId: `${verb}Job`,
          summary,
          params: jobParamsSchema,
          response: { 200: jobWireSchema, ...PROBLEMS }
        }
      },
      async ({ params }) => {
        requireDone(await client.call(call, { ids: [params.id] }))
        return jobWire(await client.call('jobs.get', params))
      }
    )
  }

  app.get(
    '/jobs/:id/attempts/:attempt',
    {
      schema: {
        ...base,
        operationId: 'getAttempt',
        summary: 'One attempt',
        params: attemptParamsSchema,
        response: { 200: attemptWireSchema, ...PROBLEMS }
      }
    },
    async ({ params: { id, attempt } }) => {
      const job = await client.call('jobs.get', { id })
      return attemptWire(job, attemptOf(job, attempt))
    }
  )

  app.get(
    '/jobs/:id/ledger',
    {
      schema: {
        ...base,
        operationId: 'getLedger',
        summary: 'Every criterion of every attempt and of what was delivered: why it passed or failed',
        params: jobParamsSchema,
        response: { 200: ledgerSchema, ...PROBLEMS }
      }
    },
    async ({ params }) => {
      const job = await client.call('jobs.get', params)
      return {
        job_id: job._id,
        attempts: job.attempts.map(({ number, judgement }) => ({
          attempt: number,
          judgement: judgement && judged(judgement)
        })),
        final: job.final && judged(job.final.judgement),
        best: job.best && judged(job.best.judgement)
      }
    }
  )
}
