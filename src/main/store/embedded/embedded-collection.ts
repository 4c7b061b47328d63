import { z } from 'zod'
import type {
  Collection,
  Filter,
  FindCursor,
  FindOneAndUpdateOptions,
  FindOptions,
  Identified,
  IndexOptions,
  RawDocument,
  Sort,
  Update,
  UpdateResult
} from '../collection.ts'
import { documentFromJson } from './document-json.ts'
import type { StoreThread } from './store-thread.ts'
import type { OrderKey } from './worker-protocol.ts'

/** Documents come as the text they are stored as: cheaper to send between threads than the objects are. */
const documentSchema = z.string().transform(documentFromJson)
const documentsSchema = z.array(documentSchema)
const updateResultSchema = z.object({ matchedCount: z.number(), modifiedCount: z.number() })
const deleteResultSchema = z.object({ deletedCount: z.number() })

/** Order is meaning here, and an object's keys keep theirs. */
function orderOf(sort: object): OrderKey[] {
  return Object.entries(sort).map(([path, direction]) => ({ path, direction: direction === -1 ? -1 : 1 }))
}

function fieldsOf(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value))
}

/** One collection of the embedded store. */
export class EmbeddedCollection<D extends Identified> implements Collection<D> {
  readonly #thread: StoreThread
  readonly #name: string

  constructor(thread: StoreThread, name: string) {
    this.#thread = thread
    this.#name = name
  }

  async insertOne(document: D): Promise<void> {
    await this.#thread.call(
      { method: 'insertOne', collection: this.#name, document: fieldsOf(document) },
      z.undefined()
    )
  }

  async findOne(filter: Filter<D>, options: FindOptions<D> = {}): Promise<RawDocument | null> {
    const [document] = await this.find(filter, { ...options, limit: 1 }).toArray()
    return document ?? null
  }

  find(filter: Filter<D>, { sort = {}, limit, projection }: FindOptions<D> = {}): FindCursor {
    const selection = {
      order: orderOf(sort),
      limit: limit ?? null,
      fields: projection ? Object.keys(projection) : null
    }
    return {
      toArray: () =>
        this.#thread.call(
          { method: 'find', collection: this.#name, filter: fieldsOf(filter), selection },
          documentsSchema
        )
    }
  }

  countDocuments(filter: Filter<D>): Promise<number> {
    return this.#thread.call({ method: 'countDocuments', collection: this.#name, filter: fieldsOf(filter) }, z.number())
  }

  updateOne(filter: Filter<D>, update: Update<D>): Promise<UpdateResult> {
    return this.#thread.call(
      { method: 'updateOne', collection: this.#name, filter: fieldsOf(filter), update: fieldsOf(update) },
      updateResultSchema
    )
  }

  findOneAndUpdate(
    filter: Filter<D>,
    update: Update<D>,
    { sort = {}, projection, returnDocument }: FindOneAndUpdateOptions<D>
  ): Promise<RawDocument | null> {
    return this.#thread.call(
      {
        method: 'findOneAndUpdate',
        collection: this.#name,
        filter: fieldsOf(filter),
        update: fieldsOf(update),
        order: orderOf(sort),
        fields: projection ? Object.keys(projection) : null,
        returnDocument
      },
      documentSchema.nullable()
    )
  }

  deleteOne(filter: Filter<D>): Promise<{ deletedCount: number }> {
    return this.#thread.call(
      { method: 'deleteOne', collection: this.#name, filter: fieldsOf(filter) },
      deleteResultSchema
    )
  }

  createIndex(keys: Sort<D>, { multikey = false }: IndexOptions = {}): Promise<string> {
    return this.#thread.call(
      { method: 'createIndex', collection: this.#name, keys: orderOf(keys), multikey },
      z.string()
    )
  }
}
