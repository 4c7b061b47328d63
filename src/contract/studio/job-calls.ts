import { z } from 'zod'
import { engineDescriptionSchema, limitationSchema } from '../../domain/engine.ts'
import { serializedErrorSchema } from '../../domain/errors.ts'
import { jobSchema, jobSummarySchema, ownBackdropSchema } from '../../domain/job.ts'
import { orderSettingsSchema } from '../../domain/order.ts'
import { ratingSchema } from '../../domain/rating.ts'
import { command, query } from './call-definition.ts'
import { jobFilterSchema, jobSortSchema } from './job-filter.ts'
import { bulkResultSchema, idSchema, jobIdsSchema } from './shapes.ts'

/** A job as its own page shows it; who holds it is the studio's own business. */
export const jobDetailSchema = jobSchema.omit({
  schemaVersion: true,
  lease: true,
  claims: true,
  endings: true,
  untold: true,
  artifacts: true
})
export type JobDetail = z.infer<typeof jobDetailSchema>

const wholeNumber = z.int().nonnegative()
export const jobCountsSchema = z.object({
  pending: wholeNumber,
  processing: wholeNumber,
  completed: wholeNumber,
  failed: wholeNumber,
  cancelled: wholeNumber
})
export type JobCounts = z.infer<typeof jobCountsSchema>

/** One person, whose photos are the references of one job. */
export const orderSchema = orderSettingsSchema.extend({
  /** Photos of one subject, the main one first. */
  photoIds: z.array(idSchema).min(1).max(16),
  /** What stands behind the person instead of a background of the catalogue, see `backdrops.import`. */
  backdrop: ownBackdropSchema.nullable().default(null),
  /** Higher first. */
  priority: z.int().min(-1000).max(1000).default(0)
})
export type Order = z.input<typeof orderSchema>

const { attempts, seed, engines, strictness } = orderSettingsSchema.shape
/** Without the defaults: what is not named stays as it was. */
const changeOfOrderSchema = z.strictObject({
  parameters: z.record(z.string(), z.string()).optional(),
  attempts: attempts.unwrap().optional(),
  seed: seed.unwrap().optional(),
  engines: engines.unwrap().optional(),
  strictness: strictness.unwrap().optional()
})

export const JOB_CALLS = {
  /** Each order is stored before the answer; one that is refused stops no other. */
  'jobs.submit': command(
    z.strictObject({ orders: z.array(orderSchema).min(1).max(1000) }),
    z.object({
      jobs: z.array(jobSummarySchema),
      refused: z.array(z.object({ order: wholeNumber, error: serializedErrorSchema }))
    })
  ),
  /** Which engine would make these, why, what it cannot do, and how long a job mostly takes. */
  'jobs.estimate': query(
    z.strictObject({ settings: orderSettingsSchema }),
    z.object({
      generator: engineDescriptionSchema,
      vlm: engineDescriptionSchema,
      limitations: z.array(limitationSchema),
      /** Milliseconds for one job; null while nothing is known. */
      usualMs: z.number().nonnegative().nullable()
    })
  ),
  /** Pages of summaries: `next` goes into `cursor` for the page after; null on the last one. */
  'jobs.list': query(
    z.strictObject({
      filter: jobFilterSchema.prefault({}),
      sort: jobSortSchema.prefault({}),
      cursor: z.string().nullable().default(null),
      limit: z.int().min(1).max(200).default(100)
    }),
    z.object({
      items: z.array(jobSummarySchema),
      /** Jobs of this page that are damaged, or were written by a newer studio. */
      unreadable: z.array(z.object({ id: idSchema, error: serializedErrorSchema })),
      next: z.string().nullable()
    })
  ),
  /** Every id that a filter finds, in order: for "select all". At most 10,000. */
  'jobs.ids': query(
    z.strictObject({ filter: jobFilterSchema.prefault({}), sort: jobSortSchema.prefault({}) }),
    z.object({ ids: z.array(idSchema) })
  ),
  'jobs.get': query(z.strictObject({ id: idSchema }), jobDetailSchema),
  /** How many a filter finds, by status; the filter's own statuses are left aside. */
  'jobs.counts': query(z.strictObject({ filter: jobFilterSchema.prefault({}) }), jobCountsSchema),
  'jobs.cancel': command(jobIdsSchema, bulkResultSchema),
  /** Failed and cancelled ones go back into the queue; finished steps are kept. */
  'jobs.retry': command(jobIdsSchema, bulkResultSchema),
  /** A new job like this one, with what is named changed; parameters that are not named stay. */
  'jobs.duplicate': command(
    z.strictObject({ id: idSchema, change: changeOfOrderSchema.prefault({}) }),
    jobSummarySchema
  ),
  /** Puts waiting jobs in this order, before another waiting job or, with null, at the end. */
  'jobs.reorder': command(
    z.strictObject({ ids: jobIdsSchema.shape.ids, before: idSchema.nullable() }),
    z.object({ jobs: z.array(jobSummarySchema) })
  ),
  'jobs.setPriority': command(
    z.strictObject({ ids: jobIdsSchema.shape.ids, priority: z.int().min(-1000).max(1000) }),
    bulkResultSchema
  ),
  /** Into the bin, where it stays for the days that the settings say; what runs is cancelled. */
  'jobs.remove': command(jobIdsSchema, bulkResultSchema),
  'jobs.restore': command(jobIdsSchema, bulkResultSchema),
  /** For good, from the bin. */
  'jobs.erase': command(jobIdsSchema, bulkResultSchema),
  /** `attempt: null` rates the job. What the change does not name stays. */
  'jobs.rate': command(
    z.strictObject({
      targets: z
        .array(z.strictObject({ jobId: idSchema, attempt: z.int().positive().nullable().default(null) }))
        .min(1)
        .max(10_000),
      change: ratingSchema.partial()
    }),
    bulkResultSchema
  ),
  /**
   * The photographer's winner over the judge's: the job goes back into the queue, where this attempt is finished at the
   * size asked for. null takes the wish back while it waits. @throws `job-missing`, `job-state`.
   */
  'jobs.chooseFinal': command(
    z.strictObject({ id: idSchema, attempt: z.int().positive().nullable() }),
    jobSummarySchema
  ),
  /** Jobs at work go on; no other is begun. */
  'queue.pause': command(z.strictObject({}), z.object({ paused: z.boolean() })),
  'queue.resume': command(z.strictObject({}), z.object({ paused: z.boolean() }))
} as const
