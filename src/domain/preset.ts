import { z } from 'zod'
import { instantSchema } from './instant.ts'
import { ownBackdropSchema } from './job.ts'
import { orderSettingsSchema } from './order.ts'

export const presetNameSchema = z.string().trim().min(1).max(80)

/** A named set of everything one can ask of a portrait. */
export const presetSchema = z.object({
  _id: z.string().min(1),
  name: presetNameSchema,
  settings: orderSettingsSchema,
  /** The file behind the background `own_backdrop`; it stays in this studio's store. */
  backdrop: ownBackdropSchema.nullable().default(null),
  createdAt: instantSchema,
  updatedAt: instantSchema
})
export type Preset = z.infer<typeof presetSchema>

/** A file that presets travel in from one studio to another; an own backdrop is chosen anew there. */
export const presetFileSchema = z.object({
  kind: z.literal('apex-portrait-presets'),
  version: z.literal(1),
  presets: z.array(z.object({ name: presetNameSchema, settings: orderSettingsSchema })).min(1)
})
export type PresetFile = z.infer<typeof presetFileSchema>
