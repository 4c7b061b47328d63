import { z } from 'zod'
import { serializedErrorSchema } from '../../domain/errors.ts'

export const nothingSchema = z.strictObject({})
export const idSchema = z.string().min(1).max(100)
/** As many things as one command takes. */
export const MOST_IDS = 10_000
export const idsSchema = z.array(idSchema).min(1).max(MOST_IDS)

export const jobIdsSchema = z.strictObject({ ids: idsSchema })

/** What became of each of several things: one that cannot be done never stops the others. */
export const bulkResultSchema = z.object({
  done: z.array(idSchema),
  refused: z.array(z.object({ id: idSchema, error: serializedErrorSchema }))
})
export type BulkResult = z.infer<typeof bulkResultSchema>
