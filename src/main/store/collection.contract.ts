import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Collection, Filter, Identified, RawDocument, Sort, Update } from './collection.ts'
import type { Database } from './database.ts'
import type { TestDatabase } from './test-database.fixture.ts'

interface Print extends Identified {
  readonly status?: string | null
  readonly copies?: number
  readonly ordered?: Date | null
  readonly framed?: boolean
  readonly tags?: readonly string[]
  readonly paper?: { readonly name?: string; readonly weight?: number } | null
  readonly sizes?: readonly { readonly width: number; readonly done: boolean }[]
  readonly other?: unknown
}

const NOON = new Date('2026-03-01T12:00:00.000Z')
const LATER = new Date('2026-03-01T12:00:00.001Z')
const BEFORE_1970 = new Date('1955-11-05T06:15:00.000Z')

const PRINTS: readonly Print[] = [
  { _id: 'a', status: 'new', copies: 1, ordered: NOON, framed: true, tags: ['x', 'y'], paper: { name: 'matt' } },
  { _id: 'b', status: 'new', copies: 5, ordered: LATER, framed: false, tags: ['y'], paper: { weight: 300 } },
  { _id: 'c', status: 'done', copies: 2.5, ordered: null, tags: [], paper: null, sizes: [{ width: 10, done: false }] },
  {
    _id: 'd',
    status: null,
    copies: -1,
    ordered: BEFORE_1970,
    sizes: [
      { width: 10, done: true },
      { width: 20, done: false }
    ]
  },
  { _id: 'e' }
]

/** A filter, and by hand the prints it must find. */
const FILTERS: readonly (readonly [Filter<Print>, string])[] = [
  [{}, 'abcde'],
  [{ _id: 'b' }, 'b'],
  [{ _id: { $in: ['a', 'e', 'z'] } }, 'ae'],
  [{ _id: { $gt: 'b', $lte: 'd' } }, 'cd'],
  [{ status: 'new' }, 'ab'],
  [{ status: 'nowhere' }, ''],
  [{ status: null }, 'de'],
  [{ status: { $ne: 'new' } }, 'cde'],
  [{ status: { $ne: null } }, 'abc'],
  [{ status: { $in: ['done', null] } }, 'cde'],
  [{ status: { $in: [] } }, ''],
  [{ status: { $exists: true } }, 'abcd'],
  [{ status: { $exists: false } }, 'e'],
  [{ status: { $gte: 'done', $lt: 'new' } }, 'c'],
  [{ status: { $gt: '' } }, 'abc'],
  [{ copies: 5 }, 'b'],
  [{ copies: { $gt: 1 } }, 'bc'],
  [{ copies: { $lt: 2 } }, 'ad'],
  [{ copies: { $gte: 1, $ne: 5 } }, 'ac'],
  [{ framed: true }, 'a'],
  [{ framed: { $ne: true } }, 'bcde'],
  [{ framed: { $gte: false } }, 'ab'],
  [{ ordered: NOON }, 'a'],
  [{ ordered: { $gt: NOON } }, 'b'],
  [{ ordered: { $lt: NOON } }, 'd'],
  [{ ordered: { $lte: LATER, $gte: NOON } }, 'ab'],
  [{ ordered: { $in: [LATER, null] } }, 'bce'],
  [{ ordered: null }, 'ce'],
  [{ tags: 'y' }, 'ab'],
  [{ tags: { $in: ['x', 'z'] } }, 'a'],
  [{ tags: { $ne: 'x' } }, 'bcde'],
  [{ tags: null }, 'de'],
  [{ 'paper.name': 'matt' }, 'a'],
  [{ 'paper.name': null }, 'bcde'],
  [{ 'paper.weight': { $gte: 200 } }, 'b'],
  [{ 'sizes.width': 20 }, 'd'],
  [{ 'sizes.width': 10, 'sizes.done': true }, 'd'],
  [{ status: 'new', framed: false }, 'b'],
  [{ $or: [{ status: 'done' }, { copies: { $lt: 0 } }] }, 'cd'],
  [{ $and: [{ tags: 'y' }, { $or: [{ copies: 1 }, { ordered: LATER }] }] }, 'ab'],
  [{ status: 'new', $or: [{ tags: 'x' }, { 'paper.weight': 300 }], copies: { $lt: 5 } }, 'a']
]

const ORDERS: readonly (readonly [Sort<Print>, string])[] = [
  [{ _id: -1 }, 'edcba'],
  [{ copies: 1, _id: 1 }, 'edacb'],
  [{ copies: -1, _id: 1 }, 'bcade'],
  [{ status: 1, _id: -1 }, 'edcba'],
  [{ status: -1, copies: -1, _id: 1 }, 'bacde'],
  [{ ordered: 1, _id: 1 }, 'cedab'],
  [{ framed: -1, _id: 1 }, 'abcde'],
  [{ 'paper.name': -1, _id: -1 }, 'aedcb']
]

const UPDATES: readonly (readonly [string, Update<Print>, Partial<Print>])[] = [
  ['$set', { $set: { status: 'done', copies: 7 } }, { status: 'done', copies: 7 }],
  ['$set of a nested field', { $set: { 'paper.weight': 250 } }, { paper: { name: 'matt', weight: 250 } }],
  ['$set of dates', { $set: { other: { at: LATER } } }, { other: { at: LATER } }],
  ['$inc', { $inc: { copies: -3 } }, { copies: -2 }],
  ['$inc of a field that is not there', { $inc: { 'paper.weight': 2 } }, { paper: { name: 'matt', weight: 2 } }],
  ['$push', { $push: { tags: { $each: ['z', 'w'] } } }, { tags: ['x', 'y', 'z', 'w'] }],
  ['$push that keeps the last', { $push: { tags: { $each: ['z', 'w'], $slice: -3 } } }, { tags: ['y', 'z', 'w'] }],
  ['$push that keeps the first', { $push: { tags: { $each: ['z', 'w'], $slice: 3 } } }, { tags: ['x', 'y', 'z'] }],
  ['several at once', { $set: { framed: false }, $inc: { copies: 1 } }, { framed: false, copies: 2 }]
]

const ids = (documents: readonly RawDocument[]) => documents.map((document) => String(document._id)).join('')

/** What every implementation of `Collection` must do. `make` gives an empty database. */
export function collectionContract(make: () => Promise<TestDatabase>): void {
  let place: TestDatabase
  let database: Database
  beforeAll(async () => {
    place = await make()
    database = await place.connect()
  })
  afterAll(() => place.dispose())

  async function filled(name: string, documents: readonly Print[]): Promise<Collection<Print>> {
    const collection = database.collection<Print>(name)
    for (const document of documents) await collection.insertOne(document)
    return collection
  }

  describe('documents', () => {
    it('come back as they were put, dates as dates', async () => {
      const collection = await filled('whole', [])
      const other = {
        text: 'Åse – 写真 🖼 "quoted" \\ \u0000',
        deep: [[{ at: NOON }], [], {}],
        'dotted.key': 1,
        $date: 'no date',
        $$: [{ $date: { $numberLong: '1' } }],
        empty: '',
        zero: 0,
        tiny: 5e-324,
        large: 2 ** 53,
        no: false,
        nothing: null
      }
      await collection.insertOne({ _id: 'w', ordered: BEFORE_1970, other })
      expect(await collection.findOne({ _id: 'w' })).toEqual({ _id: 'w', ordered: BEFORE_1970, other })
    })

    it('leave undefined fields out', async () => {
      const collection = await filled('undefineds', [])
      await collection.insertOne({ _id: 'u', other: { kept: 1, left: undefined } })
      const read = await collection.findOne({ _id: 'u' })
      expect(Object.keys(Object(read?.other))).toEqual(['kept'])
    })

    it('have an id of their own', async () => {
      const collection = await filled('ids', [{ _id: 'one', copies: 1 }])
      await expect(collection.insertOne({ _id: 'one', copies: 2 })).rejects.toMatchObject({ code: 'document-exists' })
      expect(await collection.findOne({ _id: 'one' })).toEqual({ _id: 'one', copies: 1 })
    })

    it('go with deleteOne, one at a time', async () => {
      const collection = await filled('deleted', PRINTS)
      expect(await collection.deleteOne({ status: 'new' })).toEqual({ deletedCount: 1 })
      expect(await collection.countDocuments({ status: 'new' })).toBe(1)
      expect(await collection.deleteOne({ _id: 'nobody' })).toEqual({ deletedCount: 0 })
      expect(await collection.countDocuments({})).toBe(PRINTS.length - 1)
    })

    it('of one collection are not seen in another', async () => {
      await filled('here', [{ _id: 'a' }])
      expect(await database.collection<Print>('there').countDocuments({})).toBe(0)
    })
  })

  describe.each(['plain', 'indexed'])('queries of a collection that is %s', (kind) => {
    let collection: Collection<Print>
    beforeAll(async () => {
      collection = await filled(kind, kind === 'plain' ? PRINTS : PRINTS.slice(0, 2))
      if (kind === 'plain') return
      await collection.createIndex({ status: 1, copies: -1, _id: 1 })
      await collection.createIndex({ ordered: -1, _id: -1 })
      await collection.createIndex({ framed: 1 })
      await collection.createIndex({ 'paper.name': 1 })
      await collection.createIndex({ tags: 1 }, { multikey: true })
      // Some documents were there before the indexes, some come after.
      for (const document of PRINTS.slice(2)) await collection.insertOne(document)
    })

    it.each(FILTERS)('finds and counts %j', async (filter, expected) => {
      expect(ids(await collection.find(filter, { sort: { _id: 1 } }).toArray())).toBe(expected)
      expect(await collection.countDocuments(filter)).toBe(expected.length)
    })

    it.each(ORDERS)('sorts by %j', async (sort, expected) => {
      expect(ids(await collection.find({}, { sort }).toArray())).toBe(expected)
      expect(ids(await collection.find({}, { sort, limit: 2 }).toArray())).toBe(expected.slice(0, 2))
      expect((await collection.findOne({}, { sort }))?._id).toBe(expected[0])
    })

    it('stops at the limit of those that match', async () => {
      const found = await collection.find({ 'sizes.width': 10 }, { sort: { _id: 1 }, limit: 1 }).toArray()
      expect(ids(found)).toBe('c')
    })

    it('projects fields, through arrays too', async () => {
      const projection = { status: 1, 'sizes.width': 1, 'paper.name': 1, ordered: 1 } as const
      const found = await collection.find({ _id: { $in: ['a', 'd', 'e'] } }, { sort: { _id: 1 }, projection }).toArray()
      expect(found).toEqual([
        { _id: 'a', status: 'new', ordered: NOON, paper: { name: 'matt' } },
        { _id: 'd', status: null, ordered: BEFORE_1970, sizes: [{ width: 10 }, { width: 20 }] },
        { _id: 'e' }
      ])
    })

    it('makes an index once', async () => {
      const name = await collection.createIndex({ copies: 1, _id: -1 })
      expect(await collection.createIndex({ copies: 1, _id: -1 })).toBe(name)
    })
  })

  describe('updates', () => {
    it.each(UPDATES)('%s', async (what, update, expected) => {
      const [print = { _id: 'a' }] = PRINTS
      const collection = await filled(`updated${what.replace(/[^a-z]/g, '')}`, [print, { _id: 'z', copies: 9 }])
      expect(await collection.updateOne({ _id: 'a' }, update)).toEqual({ matchedCount: 1, modifiedCount: 1 })
      expect(await collection.findOne({ _id: 'a' })).toEqual({ ...print, ...expected })
      expect(await collection.findOne({ _id: 'z' })).toEqual({ _id: 'z', copies: 9 })
    })

    it('$unset takes a field away', async () => {
      const collection = await filled('unset', PRINTS)
      await collection.updateOne({ _id: 'a' }, { $unset: { status: '', 'paper.name': '' } })
      const read = await collection.findOne({ _id: 'a' })
      expect(read).not.toHaveProperty('status')
      expect(read?.paper).toEqual({})
      expect(await collection.countDocuments({ status: { $exists: false } })).toBe(2)
    })

    it('$currentDate is the time of the store', async () => {
      const collection = await filled('dated', PRINTS)
      const before = await database.now()
      await collection.updateOne({ _id: 'c' }, { $currentDate: { ordered: true } })
      const after = await database.now()
      const read = await collection.findOne({ _id: 'c' })
      expect(read?.ordered).toBeInstanceOf(Date)
      expect(Number(read?.ordered)).toBeGreaterThanOrEqual(before.getTime())
      expect(Number(read?.ordered)).toBeLessThanOrEqual(after.getTime())
    })

    it('say when nothing matched and when nothing changed', async () => {
      const collection = await filled('counted', PRINTS)
      const none = await collection.updateOne({ _id: 'a', copies: 2 }, { $set: { copies: 3 } })
      expect(none).toEqual({ matchedCount: 0, modifiedCount: 0 })
      const same = await collection.updateOne({ _id: 'a' }, { $set: { copies: 1 } })
      expect(same).toEqual({ matchedCount: 1, modifiedCount: 0 })
    })

    it('keep the index of an array in step', async () => {
      const collection = await filled('stepped', PRINTS)
      await collection.createIndex({ tags: 1 }, { multikey: true })
      await collection.updateOne({ _id: 'a' }, { $set: { tags: ['new', 'new'] } })
      await collection.deleteOne({ _id: 'b' })
      expect(await collection.countDocuments({ tags: 'new' })).toBe(1)
      expect(await collection.countDocuments({ tags: 'y' })).toBe(0)
      await collection.updateOne({ _id: 'a' }, { $unset: { tags: '' } })
      expect(await collection.countDocuments({ tags: 'new' })).toBe(0)
    })
  })

  describe('findOneAndUpdate', () => {
    it('takes the first in order and tells it before or after', async () => {
      const collection = await filled('taken', PRINTS)
      const sort = { copies: -1, _id: 1 } as const
      const update = { $set: { status: 'taken' } }
      const before = await collection.findOneAndUpdate({ status: 'new' }, update, { sort, returnDocument: 'before' })
      expect(before).toMatchObject({ _id: 'b', status: 'new' })
      const after = await collection.findOneAndUpdate({ status: 'new' }, update, { sort, returnDocument: 'after' })
      expect(after).toMatchObject({ _id: 'a', status: 'taken' })
      expect(await collection.findOneAndUpdate({ status: 'new' }, update, { sort, returnDocument: 'after' })).toBeNull()
    })

    it('gives each document to one of many callers on two connections', async () => {
      const count = 40
      const documents = Array.from({ length: count }, (_, index) => ({ _id: `p${index}`, status: 'new' }))
      const collection = await filled('raced', documents)
      const second = (await place.connect()).collection<Print>('raced')
      const take = (from: Collection<Print>) =>
        from.findOneAndUpdate({ status: 'new' }, { $set: { status: 'taken' } }, { returnDocument: 'before' })
      const taken = await Promise.all(
        Array.from({ length: count + 5 }, (_, index) => take(index % 2 ? second : collection))
      )
      const claimed = taken.flatMap((document) => (document ? [document._id] : []))
      expect(new Set(claimed).size).toBe(count)
      expect(claimed).toHaveLength(count)
    })

    it('loses no increment of many callers on two connections', async () => {
      const collection = await filled('summed', [{ _id: 's', copies: 0 }])
      const second = (await place.connect()).collection<Print>('summed')
      const add = (to: Collection<Print>) => to.updateOne({ _id: 's' }, { $inc: { copies: 1 } })
      await Promise.all(Array.from({ length: 40 }, (_, index) => add(index % 2 ? second : collection)))
      expect(await collection.findOne({ _id: 's' })).toEqual({ _id: 's', copies: 40 })
    })
  })

  it('tells which collections there are', async () => {
    const collection = await filled('named', [{ _id: 'a' }])
    await collection.createIndex({ tags: 1 }, { multikey: true })
    const names = await database.collections()
    expect(names).toContain('named')
    expect(names.every((name) => /^[a-z]+$/.test(name))).toBe(true)
  })

  it('shows on one connection what another has written', async () => {
    const collection = await filled('shared', [{ _id: 'a', copies: 1 }])
    const other = (await place.connect()).collection<Print>('shared')
    await other.updateOne({ _id: 'a' }, { $inc: { copies: 1 } })
    expect(await collection.findOne({ _id: 'a' })).toEqual({ _id: 'a', copies: 2 })
  })
}
