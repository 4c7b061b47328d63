/**
 * The store's document collections: MongoDB's model and query language, narrowed to what the official driver's
 * `Collection` and the embedded store both do alike. The operators below are the closed list: what is not here
 * (arrayFilters, `$text`, pipeline updates, transactions, change streams …) a repository cannot write.
 *
 * Ids are strings, dates are `Date`, and a field set to `undefined` is left out (the driver's `ignoreUndefined`).
 * Writes are durable when their promise resolves (the driver's `{ w: 1, journal: true }`).
 */

/** What a filter compares with and an index or a sort orders by. */
export type Scalar = string | number | boolean | Date | null

/** Anything that can be read back is unknown until a schema has parsed it. */
export type RawDocument = Readonly<Record<string, unknown>>

export interface Identified {
  readonly _id: string
}

/** A path of nested fields, as in MongoDB: `lease.token`. Through an array it means any element. */
export type DottedPath = `${string}.${string}`

/** What of a field's value, or of its elements where it is an array, a filter can name. */
type Comparable<V> = Extract<V extends readonly (infer E)[] ? E : V, Scalar>

export interface Comparison<S> {
  readonly $in?: readonly S[]
  readonly $ne?: S
  readonly $gt?: S
  readonly $gte?: S
  readonly $lt?: S
  readonly $lte?: S
  readonly $exists?: boolean
}

export type Condition<S> = S | Comparison<S>

/** Conditions on fields, all of which must hold. Equality with `null` also matches a field that is not there. */
export type Filter<D> = { readonly [P in keyof D]?: Condition<Comparable<D[P]> | null> } & {
  readonly [path: DottedPath]: Condition<Scalar>
} & { readonly $and?: readonly Filter<D>[]; readonly $or?: readonly Filter<D>[] }

type KeysOf<D, V> = { [P in keyof D]-?: [Exclude<D[P], undefined>] extends [V] ? P : never }[keyof D]

/** Changes of one document, made at once. */
export interface Update<D> {
  readonly $set?: { readonly [P in Exclude<keyof D, '_id'>]?: D[P] } & { readonly [path: DottedPath]: unknown }
  readonly $unset?: { readonly [P in Exclude<keyof D, '_id'> | DottedPath]?: '' }
  readonly $inc?: { readonly [P in KeysOf<D, number> | DottedPath]?: number }
  /** A negative `$slice` keeps the last elements, a positive one the first. */
  readonly $push?: {
    readonly [P in KeysOf<D, readonly unknown[]> | DottedPath]?: {
      readonly $each: readonly unknown[]
      readonly $slice?: number
    }
  }
  /** The store's time, not the caller's. */
  readonly $currentDate?: { readonly [P in KeysOf<D, Date | null> | DottedPath]?: true }
}

/** Ordered by these fields, first one first. They hold scalars, never arrays. */
export type Sort<D> = { readonly [P in keyof D | DottedPath]?: 1 | -1 }

/** Only these fields, and always `_id`. */
export type Projection<D> = { readonly [P in keyof D | DottedPath]?: 1 }

export interface FindOptions<D> {
  readonly sort?: Sort<D>
  /** From 1. */
  readonly limit?: number
  readonly projection?: Projection<D>
}

export interface FindOneAndUpdateOptions<D> {
  readonly sort?: Sort<D>
  readonly projection?: Projection<D>
  readonly returnDocument: 'before' | 'after'
}

export interface FindCursor {
  toArray(): Promise<RawDocument[]>
}

export interface UpdateResult {
  readonly matchedCount: number
  readonly modifiedCount: number
}

export interface IndexOptions {
  /**
   * The one indexed field holds an array, each element of which is indexed. MongoDB finds this out by itself; the
   * embedded store is told, and refuses arrays in every other indexed field.
   */
  readonly multikey?: boolean
}

/** One collection. Every method may raise StudioError `store-unavailable`, `store-locked`, `store-damaged` or `disk-full`. */
export interface Collection<D extends Identified> {
  /** @throws StudioError `document-exists` when the id is taken. */
  insertOne(document: D): Promise<void>
  findOne(filter: Filter<D>, options?: FindOptions<D>): Promise<RawDocument | null>
  find(filter: Filter<D>, options?: FindOptions<D>): FindCursor
  countDocuments(filter: Filter<D>): Promise<number>
  updateOne(filter: Filter<D>, update: Update<D>): Promise<UpdateResult>
  /** Atomic: of several callers, each document that no longer matches after the update goes to one of them only. */
  findOneAndUpdate(
    filter: Filter<D>,
    update: Update<D>,
    options: FindOneAndUpdateOptions<D>
  ): Promise<RawDocument | null>
  deleteOne(filter: Filter<D>): Promise<{ readonly deletedCount: number }>
  /** Makes the index if it is not there; resolves to its name. */
  createIndex(keys: Sort<D>, options?: IndexOptions): Promise<string>
}
