import fc from 'fast-check'
import { find, updateOne } from 'mingo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Collection, Filter, Identified, Scalar, Sort, Update } from '../collection.ts'
import type { Database } from '../database.ts'
import { makeEmbeddedDatabase, type TestDatabase } from '../test-database.fixture.ts'

/**
 * Random operations on an embedded collection and on a plain array that `mingo` works on in memory: whatever SQL
 * narrows, orders, indexes and stores, both must tell the same.
 */

interface Stored extends Identified {
  readonly a?: Scalar
  readonly b?: Scalar
  readonly c?: Scalar
  readonly n?: { readonly x?: Scalar; readonly y?: Scalar } | null
  readonly tags?: readonly string[]
  readonly count?: number
}

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(-1e300, -0.5, 0.1, 2 ** 40, Number.MAX_SAFE_INTEGER),
  fc.constantFrom('', 'a', 'B', 'aa', 'é', '写', '$date', '{"$date":"x"}', '0', "it's"),
  fc.boolean(),
  fc.constantFrom(-62135596800000, -1, 0, 1, 1767225600000).map((time) => new Date(time))
)
const tag = fc.constantFrom('x', 'y', 'z', '')
const id = fc.integer({ min: 0, max: 9 }).map((number) => `d${number}`)

const document: fc.Arbitrary<Stored> = fc.record(
  {
    _id: id,
    a: scalar,
    b: scalar,
    c: scalar,
    n: fc.oneof(fc.constant(null), fc.record({ x: scalar, y: scalar }, { requiredKeys: [] })),
    tags: fc.array(tag, { maxLength: 3 }),
    count: fc.integer()
  },
  { requiredKeys: ['_id'] }
)

function conditionOn<S extends Scalar>(value: fc.Arbitrary<S>, present: fc.Arbitrary<S>) {
  return fc.oneof(
    value,
    fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
    fc.record({ $ne: value }),
    fc.record({ $gt: present }),
    fc.record({ $gte: present }),
    fc.record({ $lt: present }),
    fc.record({ $lte: present }),
    fc.record({ $gte: present, $lt: present }),
    fc.record({ $exists: fc.boolean() }),
    fc.record({ $exists: fc.boolean(), $ne: value })
  )
}
const onScalar = conditionOn(
  scalar,
  scalar.filter((value) => value !== null)
)

// One field or two: with many, nothing would ever match.
const oneField: fc.Arbitrary<Filter<Stored>> = fc.oneof(
  fc.record({ _id: conditionOn(id, id) }),
  { weight: 3, arbitrary: fc.record({ a: onScalar }) },
  { weight: 3, arbitrary: fc.record({ b: onScalar }) },
  fc.record({ c: onScalar }),
  { weight: 2, arbitrary: fc.record({ 'n.x': onScalar }) },
  fc.record({ 'n.y': onScalar }),
  { weight: 2, arbitrary: fc.record({ tags: conditionOn<string | null>(fc.option(tag), tag) }) }
)
const fields = fc.tuple(oneField, fc.option(oneField)).map(([one, two]): Filter<Stored> => ({ ...one, ...two }))
const branches = fc.array(fields, { minLength: 1, maxLength: 3 })
const filter: fc.Arbitrary<Filter<Stored>> = fc.oneof(
  fc.constant({}),
  { weight: 6, arbitrary: fields },
  { weight: 2, arbitrary: fc.record({ $or: branches }) },
  fc.record({ $and: branches }),
  fc.record({ $or: branches, $and: branches })
)

const direction = fc.constantFrom<1 | -1>(1, -1)
/** Ends with the id, so that there is one right order. */
const sort: fc.Arbitrary<Sort<Stored>> = fc
  .tuple(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'n.x', 'n.y'), { maxLength: 2 }), fc.array(direction), direction)
  .map(([paths, directions, last]) => ({
    ...Object.fromEntries(paths.map((path, at): [string, 1 | -1] => [path, directions[at] ?? 1])),
    _id: last
  }))

const update: fc.Arbitrary<Update<Stored>> = fc
  .record(
    {
      $set: fc.record({ a: scalar, b: scalar, 'n.y': scalar }, { requiredKeys: [] }),
      $unset: fc.record({ c: fc.constant<''>(''), 'n.x': fc.constant<''>('') }, { requiredKeys: [] }),
      $inc: fc.record({ count: fc.integer({ min: -5, max: 5 }) }),
      $push: fc.record({
        tags: fc.record(
          { $each: fc.array(tag, { maxLength: 2 }), $slice: fc.integer({ min: -3, max: 3 }) },
          { requiredKeys: ['$each'] }
        )
      })
    },
    { requiredKeys: [] }
  )
  .map((made) => Object.fromEntries(Object.entries(made).filter(([, fieldsOf]) => Object.keys(fieldsOf).length > 0)))

type Operation =
  | { readonly do: 'insert'; readonly document: Stored }
  | { readonly do: 'find'; readonly filter: Filter<Stored>; readonly sort: Sort<Stored>; readonly limit: number | null }
  | { readonly do: 'count'; readonly filter: Filter<Stored> }
  | {
      readonly do: 'update'
      readonly filter: Filter<Stored>
      readonly sort: Sort<Stored>
      readonly update: Update<Stored>
    }
  | { readonly do: 'delete'; readonly id: string; readonly filter: Filter<Stored> }
  | { readonly do: 'index'; readonly keys: Sort<Stored>; readonly multikey: boolean }

const index = fc.constantFrom<Operation>(
  { do: 'index', keys: { a: 1, b: -1, _id: 1 }, multikey: false },
  { do: 'index', keys: { b: -1, _id: -1 }, multikey: false },
  { do: 'index', keys: { 'n.x': 1 }, multikey: false },
  { do: 'index', keys: { tags: 1 }, multikey: true }
)
const insert = fc.record({ do: fc.constant<'insert'>('insert'), document })
const operation: fc.Arbitrary<Operation> = fc.oneof(
  insert,
  index,
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant<'find'>('find'),
      filter,
      sort,
      limit: fc.option(fc.integer({ min: 1, max: 4 }))
    })
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant<'count'>('count'), filter }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant<'update'>('update'), filter, sort, update }) },
  fc.record({ do: fc.constant<'delete'>('delete'), id, filter: fields })
)
/** Documents and indexes in any order, then whatever can be done to them. */
const run = fc
  .tuple(
    fc.array(fc.oneof({ weight: 4, arbitrary: insert }, index), { maxLength: 15 }),
    fc.array(operation, { maxLength: 25 })
  )
  .map(([filling, using]): Operation[] => [...filling, ...using])

/** The model: the documents in memory, and `mingo` over them. */
class MemoryCollection {
  #documents: Record<string, unknown>[] = []

  apply(step: Operation): unknown {
    switch (step.do) {
      case 'insert': {
        if (this.#documents.some(({ _id }) => _id === step.document._id)) return 'document-exists'
        this.#documents.push({ ...structuredClone(step.document) })
        return undefined
      }
      case 'find':
        return this.#find(step.filter, step.sort).slice(0, step.limit ?? undefined)
      case 'count':
        return this.#find(step.filter, { _id: 1 }).length
      case 'update': {
        const [first] = this.#find(step.filter, step.sort)
        if (first) updateOne([first], {}, { ...step.update })
        return first ? structuredClone(first) : null
      }
      case 'delete': {
        const gone = this.#find({ ...step.filter, _id: step.id }, { _id: 1 })
        this.#documents = this.#documents.filter((each) => !gone.includes(each))
        return gone.length
      }
      case 'index':
        return undefined
    }
  }

  #find(wanted: Filter<Stored>, order: Sort<Stored>): Record<string, unknown>[] {
    return find<Record<string, unknown>>(this.#documents, { ...wanted })
      .sort(Object.fromEntries(Object.entries(order)))
      .all()
  }
}

async function perform(collection: Collection<Stored>, step: Operation): Promise<unknown> {
  switch (step.do) {
    case 'insert':
      return collection.insertOne(step.document).catch((error: { code: string }) => error.code)
    case 'find':
      return collection
        .find(step.filter, { sort: step.sort, ...(step.limit === null ? {} : { limit: step.limit }) })
        .toArray()
    case 'count':
      return collection.countDocuments(step.filter)
    case 'update':
      return collection.findOneAndUpdate(step.filter, step.update, { sort: step.sort, returnDocument: 'after' })
    case 'delete':
      return (await collection.deleteOne({ ...step.filter, _id: step.id })).deletedCount
    case 'index':
      await collection.createIndex(step.keys, { multikey: step.multikey })
      return undefined
  }
}

describe('an embedded collection', () => {
  let place: TestDatabase
  let database: Database
  beforeAll(async () => {
    place = await makeEmbeddedDatabase()
    database = await place.connect()
  })
  afterAll(() => place.dispose())

  it('tells what mingo tells of the same documents in memory', async () => {
    let runs = 0
    const property = fc.asyncProperty(run, async (steps) => {
      const collection = database.collection<Stored>(`run${letters(runs++)}`)
      const model = new MemoryCollection()
      for (const step of steps) expect(await perform(collection, step)).toEqual(model.apply(step))
      const everything: Operation = { do: 'find', filter: {}, sort: { _id: 1 }, limit: null }
      expect(await perform(collection, everything)).toEqual(model.apply(everything))
    })
    await fc.assert(property, { numRuns: 80 })
  })
})

/** Collections are named by letters. */
function letters(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
}
