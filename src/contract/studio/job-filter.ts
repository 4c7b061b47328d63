import { z } from 'zod'
import { criterionIdSchema } from '../../domain/criterion.ts'
import { jobStatusSchema } from '../../domain/job.ts'
import { colourLabelSchema, flagSchema, starsSchema } from '../../domain/rating.ts'
import { idSchema } from './shapes.ts'

/** Which jobs; everything named must hold, and of several values of one kind any. */
export const jobFilterSchema = z.strictObject({
  status: z.array(jobStatusSchema).min(1).optional(),
  purpose: z.array(z.string()).min(1).optional(),
  /** At least so many. */
  stars: starsSchema.optional(),
  flag: z.array(flagSchema).min(1).optional(),
  label: z.array(colourLabelSchema).min(1).optional(),
  /** Names of image generators. */
  generator: z.array(z.string()).min(1).optional(),
  failedCriterion: z.array(criterionIdSchema).min(1).optional(),
  subjectIds: z.array(idSchema).min(1).optional(),
  /** Beginnings of words in file names, the subject's name, notes and parameters; all of them must be found. */
  text: z.string().max(200).optional(),
  /** Only what was removed, instead of only what was not. */
  bin: z.boolean().default(false)
})
export type JobFilter = z.input<typeof jobFilterSchema>

export const JOB_ORDERS = ['created', 'changed', 'name', 'score', 'stars', 'queue'] as const

/** `queue`: in the order in which waiting jobs are begun, whatever the direction. */
export const jobSortSchema = z.strictObject({
  by: z.enum(JOB_ORDERS).default('created'),
  direction: z.enum(['ascending', 'descending']).default('descending')
})
export type JobSort = z.input<typeof jobSortSchema>
