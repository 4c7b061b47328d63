import { z } from 'zod'
import { parametersSchema } from './parameters/parameters.ts'
import { strictnessSchema } from './strictness.ts'

/** As many attempts as one job may be given. */
export const MOST_ATTEMPTS = 10

/** Largest seed, so that every server takes it as a signed 32-bit number. */
export const LARGEST_SEED = 2 ** 31 - 1

/** Engines asked for by name; null lets the studio choose. */
export const requestedEnginesSchema = z.object({ vlm: z.string().nullable(), generator: z.string().nullable() })
export type RequestedEngines = z.infer<typeof requestedEnginesSchema>

/** Everything that can be asked of a portrait except of whom: what a preset holds and a job is made from. */
export const orderSettingsSchema = z.object({
  parameters: parametersSchema.prefault({}),
  /** null: the studio's own number. */
  attempts: z.int().min(1).max(MOST_ATTEMPTS).nullable().default(null),
  /** null: a fresh one for each job. */
  seed: z.int().min(0).max(LARGEST_SEED).nullable().default(null),
  engines: requestedEnginesSchema.prefault({ vlm: null, generator: null }),
  strictness: strictnessSchema.default({})
})
export type OrderSettings = z.infer<typeof orderSettingsSchema>
