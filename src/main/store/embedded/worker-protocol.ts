import { z } from 'zod'
import { serializedErrorSchema } from '../../../domain/errors.ts'

/** What the main thread and the store's worker thread say to each other. Structured clones, so dates stay dates. */

const fieldsSchema = z.record(z.string(), z.unknown())
const orderKeySchema = z.object({ path: z.string(), direction: z.union([z.literal(1), z.literal(-1)]) })
export type OrderKey = z.infer<typeof orderKeySchema>

/** Null for the whole document. */
const fieldsToTellSchema = z.array(z.string()).nullable()

const selectionSchema = z.object({
  order: z.array(orderKeySchema),
  limit: z.int().positive().nullable(),
  fields: fieldsToTellSchema
})
export type Selection = z.infer<typeof selectionSchema>

/** The first message: a thread may be started before its path is known. */
export const workerOptionsSchema = z.object({ path: z.string() })

export const storeCallSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('open') }),
  z.object({ method: z.literal('collections') }),
  z.object({ method: z.literal('insertOne'), collection: z.string(), document: fieldsSchema }),
  z.object({ method: z.literal('find'), collection: z.string(), filter: fieldsSchema, selection: selectionSchema }),
  z.object({ method: z.literal('countDocuments'), collection: z.string(), filter: fieldsSchema }),
  z.object({ method: z.literal('updateOne'), collection: z.string(), filter: fieldsSchema, update: fieldsSchema }),
  z.object({
    method: z.literal('findOneAndUpdate'),
    collection: z.string(),
    filter: fieldsSchema,
    update: fieldsSchema,
    order: z.array(orderKeySchema),
    fields: fieldsToTellSchema,
    returnDocument: z.enum(['before', 'after'])
  }),
  z.object({ method: z.literal('deleteOne'), collection: z.string(), filter: fieldsSchema }),
  z.object({
    method: z.literal('createIndex'),
    collection: z.string(),
    keys: z.array(orderKeySchema),
    multikey: z.boolean()
  }),
  z.object({ method: z.literal('close') })
])
export type StoreCall = z.infer<typeof storeCallSchema>

const callId = z.int().nonnegative()
/** The call is parsed apart from its envelope, so that one that is not right is answered like any other. */
export const toWorkerSchema = z.object({ id: callId, call: z.unknown() })
export const fromWorkerSchema = z.union([
  z.object({ id: callId, result: z.unknown() }),
  z.object({ id: callId, error: serializedErrorSchema })
])
