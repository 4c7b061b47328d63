import { isDeepStrictEqual } from 'node:util'
import type { Collection as DriverCollection } from 'mongodb'
import { toStudioError } from '../../../domain/errors.ts'
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
import type { MongoConnection } from './mongo-connection.ts'

interface Row extends Identified {
  [field: string]: unknown
}

function fieldsOf(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value))
}

/** The driver takes an order as an object whose keys keep theirs. */
function orderOf(sort: object): Record<string, 1 | -1> {
  return Object.fromEntries(Object.entries(sort).map(([path, direction]) => [path, direction === -1 ? -1 : 1]))
}

/** One collection of a MongoDB server, by the official driver. */
export class MongoCollection<D extends Identified> implements Collection<D> {
  readonly #rows: DriverCollection<Row>
  readonly #connection: MongoConnection

  constructor(connection: MongoConnection, name: string) {
    this.#connection = connection
    this.#rows = connection.db.collection<Row>(name)
  }

  async insertOne(document: D): Promise<void> {
    try {
      await this.#insert(document)
    } catch (thrown) {
      // The answer was lost, not always the document: its id tells, as nobody else has it.
      if (toStudioError(thrown).code !== 'store-unavailable') throw thrown
      await this.#insertUnlessMade(document, thrown)
    }
  }

  async #insert(document: D): Promise<void> {
    const { _id } = document
    await this.#connection.run(() => this.#rows.insertOne({ ...fieldsOf(document), _id }))
  }

  async #insertUnlessMade(document: D, lost: unknown): Promise<void> {
    try {
      await this.#insert(document)
    } catch (thrown) {
      const { code } = toStudioError(thrown)
      if (code === 'store-unavailable') throw lost
      if (code !== 'document-exists') throw thrown
      const there = await this.#connection.run(() => this.#rows.findOne({ _id: document._id }))
      if (!isDeepStrictEqual(there, stored(document))) throw thrown
    }
  }

  async findOne(filter: Filter<D>, options: FindOptions<D> = {}): Promise<RawDocument | null> {
    const [document] = await this.find(filter, { ...options, limit: 1 }).toArray()
    return document ?? null
  }

  find(filter: Filter<D>, { sort, limit, projection }: FindOptions<D> = {}): FindCursor {
    const options = {
      ...(sort && { sort: orderOf(sort) }),
      ...(limit !== undefined && { limit }),
      ...(projection && { projection: fieldsOf(projection) })
    }
    return { toArray: () => this.#connection.run(() => this.#rows.find(fieldsOf(filter), options).toArray()) }
  }

  countDocuments(filter: Filter<D>): Promise<number> {
    return this.#connection.run(() => this.#rows.countDocuments(fieldsOf(filter)))
  }

  async updateOne(filter: Filter<D>, update: Update<D>): Promise<UpdateResult> {
    const { matchedCount, modifiedCount } = await this.#connection.run(() =>
      this.#rows.updateOne(fieldsOf(filter), fieldsOf(update))
    )
    return { matchedCount, modifiedCount }
  }

  findOneAndUpdate(
    filter: Filter<D>,
    update: Update<D>,
    { sort, projection, returnDocument }: FindOneAndUpdateOptions<D>
  ): Promise<RawDocument | null> {
    const options = {
      returnDocument,
      ...(sort && { sort: orderOf(sort) }),
      ...(projection && { projection: fieldsOf(projection) })
    }
    return this.#connection.run(() => this.#rows.findOneAndUpdate(fieldsOf(filter), fieldsOf(update), options))
  }

  async deleteOne(filter: Filter<D>): Promise<{ deletedCount: number }> {
    const { deletedCount } = await this.#connection.run(() => this.#rows.deleteOne(fieldsOf(filter)))
    return { deletedCount }
  }

  /** MongoDB finds out by itself that an indexed field holds arrays. */
  createIndex(keys: Sort<D>, _options?: IndexOptions): Promise<string> {
    return this.#connection.run(() => this.#rows.createIndex(orderOf(keys)))
  }
}

/** The document as it comes back: without the fields that are undefined. */
function stored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stored)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(fields.map(([name, field]) => [name, stored(field)]))
}
