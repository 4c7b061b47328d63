import { z } from 'zod'
import { criterionIdSchema } from './criterion.ts'

/** A setting of an engine, by its dotted name (`crop.headHeight`), as the engine's own description lists it. */
export const settingValueSchema = z.union([z.number(), z.boolean(), z.string()])

/** A change of one named setting because of one criterion that failed. */
export const repairSchema = z.object({
  criterion: criterionIdSchema,
  setting: z.string(),
  from: settingValueSchema.nullable(),
  to: settingValueSchema,
  reason: z.string()
})
export type Repair = z.infer<typeof repairSchema>

/** What an engine is asked to make: a prompt for engines that read, settings for engines that are set. */
export const briefSchema = z.object({
  prompt: z.string(),
  negativePrompt: z.string().optional(),
  /** Settings that differ from the engine's defaults. */
  settings: z.record(z.string(), settingValueSchema),
  /** Why this brief differs from the one before; empty in the first. */
  repairs: z.array(repairSchema),
  /** Said to the photographer where these are not the words of the model that was to write them. */
  note: z.string().optional()
})
export type Brief = z.infer<typeof briefSchema>
