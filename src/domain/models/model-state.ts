import { z } from 'zod'
import { serializedErrorSchema } from '../errors.ts'
import { catalogueModelSchema } from './catalogue-model.ts'
import { modelFitSchema } from './model-fit.ts'

const bytesSchema = z.number().nonnegative()

/** How far something that takes long is with a model. */
export const modelProgressSchema = z.object({
  done: bytesSchema,
  total: bytesSchema,
  /** Over the last seconds; null until there is something to measure. */
  bytesPerSecond: z.number().nonnegative().nullable(),
  leftMs: z.number().nonnegative().nullable()
})
export type ModelProgress = z.infer<typeof modelProgressSchema>

export const modelStateSchema = z.object({
  model: catalogueModelSchema,
  /**
   * absent: nothing of it is here. partial: a download was paused or cut off and goes on from there. asking: the hub is
   * asked for its files. downloading, checking, importing: at it now. installed: ready to be used.
   */
  state: z.enum(['absent', 'partial', 'asking', 'downloading', 'checking', 'importing', 'installed']),
  /** Of what is going on, or has been paused; null otherwise. */
  progress: modelProgressSchema.nullable(),
  /** Where it lies; null unless it is installed. */
  folder: z.string().nullable(),
  /** What it takes on the drive now. */
  bytes: bytesSchema,
  fit: modelFitSchema,
  /** It was removed and can be brought back. */
  canRestore: z.boolean(),
  /** Why the last attempt came to nothing. */
  error: serializedErrorSchema.nullable()
})
export type ModelState = z.infer<typeof modelStateSchema>
