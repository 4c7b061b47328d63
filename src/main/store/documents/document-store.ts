import type { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import type { Identified, RawDocument } from '../collection.ts'
import type { Database } from '../database.ts'

/** A small collection that is read whole: presets, settings, watched folders. What is read is parsed. */
export interface DocumentStore<D extends Identified> {
  /** In the order of their ids. */
  list(): Promise<D[]>
  get(id: string): Promise<D | null>
  /** Adds the document, or replaces every field of the one with its id. */
  put(document: D): Promise<void>
  /** Whether it was there. */
  remove(id: string): Promise<boolean>
}

interface Row extends Identified {
  readonly value: unknown
}

export function createDocumentStore<D extends Identified>(
  database: Database,
  name: string,
  schema: z.ZodType<D>
): DocumentStore<D> {
  const collection = database.collection<Row>(name)
  const read = ({ _id, value }: RawDocument): D => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    throw new StudioError('store-damaged', `A document in "${name}" cannot be read.`, {
      cause: parsed.error,
      details: { id: _id }
    })
  }
  return {
    list: async () => (await collection.find({}, { sort: { _id: 1 } }).toArray()).map(read),
    async get(id) {
      const row = await collection.findOne({ _id: id })
      return row ? read(row) : null
    },
    async put(document) {
      const { _id } = document
      const replaced = await collection.updateOne({ _id }, { $set: { value: document } })
      if (replaced.matchedCount === 0) await collection.insertOne({ _id, value: document })
    },
    remove: async (id) => (await collection.deleteOne({ _id: id })).deletedCount > 0
  }
}
