import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DocumentEngine } from './document-engine.ts'
import { documentFromJson } from './document-json.ts'
import { SqliteConnection } from './sqlite-connection.ts'

describe('the document engine', () => {
  let folder: string
  let path: string
  let engine: DocumentEngine
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-engine-'))
    path = join(folder, 'studio.db')
    engine = new DocumentEngine(path)
  })
  afterEach(async () => {
    engine.close()
    await rm(folder, { recursive: true })
  })

  const everything = { order: [], limit: null, fields: null }

  describe('several writes together', () => {
    const ids = () => new DocumentEngine(path).find('jobs', {}, everything).map((json) => documentFromJson(json)._id)

    it('are one commit, in which one that fails is undone alone', () => {
      engine.insertOne('jobs', { _id: 'a', made: 1 })
      const seen: unknown[] = []
      const outcomes = engine.together<unknown>([
        () => engine.insertOne('jobs', { _id: 'b' }),
        () => {
          engine.updateOne('jobs', { _id: 'a' }, { $set: { made: 2 } })
          engine.insertOne('jobs', { _id: 'b' })
        },
        () => seen.push(...ids()),
        () => engine.updateOne('jobs', { _id: 'b' }, { $set: { made: 3 } })
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
      expect(outcomes[1]).toMatchObject({ reason: { code: 'document-exists' } })
      // Another connection saw nothing of it before the commit.
      expect(seen).toEqual(['a'])
      const documents = engine.find('jobs', {}, everything).map(documentFromJson)
      expect(documents).toEqual([
        { _id: 'a', made: 1 },
        { _id: 'b', made: 3 }
      ])
      expect(ids()).toEqual(['a', 'b'])
    })

    it('are none when SQLite itself has undone them', () => {
      engine.insertOne('jobs', { _id: 'a' })
      const connection = new SqliteConnection(path)
      const giveUp = () => {
        connection.run('DELETE FROM jobs', [])
        connection.define('ROLLBACK')
        throw new Error('It was undone.')
      }
      expect(() => connection.group([() => connection.run('DELETE FROM jobs', []), giveUp])).toThrow('It was undone.')
      expect(ids()).toEqual(['a'])
      connection.close()
    })
  })

  describe('refuses what is not on the closed list', () => {
    it.each([
      { a: { $regex: 'x' } },
      { a: { $not: { $gt: 1 } } },
      { $nor: [{ a: 1 }] },
      { $where: 'true' },
      { $expr: { $eq: ['$a', 1] } },
      { a: { $elemMatch: { b: 1 } } },
      { a: { $size: 1 } },
      { a: { $type: 'string' } },
      { a: { b: 1 } },
      { a: [1] },
      { a: undefined },
      { a: {} },
      { $or: [] },
      { $and: [1] },
      { a: { $in: 1 } },
      { a: { $exists: 1 } },
      { a: { $gt: [1] } }
    ])('filter %j', (filter) => {
      expect(() => engine.find('things', filter, everything)).toThrow(expect.objectContaining({ code: 'internal' }))
    })

    it.each([
      { $setOnInsert: { a: 1 } },
      { $rename: { a: 'b' } },
      { $pull: { a: 1 } },
      { a: 1 },
      { $set: { _id: 'other' } }
    ])('update %j', (update) => {
      engine.insertOne('things', { _id: 'one', a: 1 })
      expect(() => engine.updateOne('things', { _id: 'one' }, update)).toThrow()
      expect(engine.find('things', {}, everything).map(documentFromJson)).toEqual([{ _id: 'one', a: 1 }])
    })

    it('documents without an id of text', () => {
      expect(() => engine.insertOne('things', { a: 1 })).toThrow(/_id/)
      expect(() => engine.insertOne('things', { _id: 7 })).toThrow(/_id/)
      expect(() => engine.insertOne('things', { _id: '' })).toThrow(/_id/)
    })

    it.each(['', 'Jobs', 'a b', 'x"; DROP TABLE jobs; --'])('a collection named %j', (name) => {
      expect(() => engine.countDocuments(name, {})).toThrow(/not a name for a collection/)
    })

    it.each(['a-b', "a'b", 'a.', '.a', 'a..b', '$a', 'a.0'])('an index of %j', (field) => {
      expect(() => engine.createIndex('things', [{ path: field, direction: 1 }], false)).toThrow(/not a field/)
    })
  })

  it('keeps arrays and objects out of indexed fields, and text only in arrays that are indexed', () => {
    engine.createIndex('things', [{ path: 'n.x', direction: 1 }], false)
    engine.createIndex('things', [{ path: 'tags', direction: 1 }], true)
    const refused = [
      { n: { x: [1] } },
      { n: { x: { y: 1 } } },
      { n: [{ x: 1 }] },
      { tags: [1] },
      { tags: 'one' },
      { tags: [['one']] }
    ]
    for (const fields of refused) {
      expect(() => engine.insertOne('things', { _id: 'bad', ...fields })).toThrow(/indexed field/)
    }
    engine.insertOne('things', { _id: 'good', n: 'no object', tags: ['one'] })
    expect(() => engine.updateOne('things', { _id: 'good' }, { $set: { n: { x: [] } } })).toThrow(/indexed field/)
    expect(engine.countDocuments('things', {})).toBe(1)
  })

  it('makes no index over documents that it could not hold', () => {
    for (let made = 0; made < 300; made += 1) engine.insertOne('things', { _id: `fine-${made}`, x: made, tags: ['a'] })
    engine.insertOne('things', { _id: 'last', x: [1], tags: [1] })
    expect(() => engine.createIndex('things', [{ path: 'x', direction: 1 }], false)).toThrow(/indexed field "x"/)
    expect(() => engine.createIndex('things', [{ path: 'tags', direction: 1 }], true)).toThrow(/indexed field "tags"/)
    engine.deleteOne('things', { _id: 'last' })
    engine.createIndex('things', [{ path: 'x', direction: 1 }], false)
    engine.createIndex('things', [{ path: 'tags', direction: 1 }], true)
    expect(engine.countDocuments('things', { x: { $gte: 100 }, tags: 'a' })).toBe(200)
  })

  it('answers indexed questions from the index', () => {
    engine.createIndex(
      'jobs',
      [
        { path: 'status', direction: 1 },
        { path: 'at', direction: -1 }
      ],
      false
    )
    engine.createIndex('jobs', [{ path: 'tags', direction: 1 }], true)
    const connection = new SqliteConnection(path)
    const plan = (sql: string) => connection.rows(`EXPLAIN QUERY PLAN ${sql}`, []).map((row) => String(row.at(-1)))
    expect(plan(`SELECT document FROM jobs WHERE "$.status" = 'x' ORDER BY "$.at" DESC LIMIT 1`)).toEqual([
      'SEARCH jobs USING INDEX jobs:status_1_at_-1 ($.status=?)'
    ])
    expect(
      plan(`SELECT count(*) FROM jobs WHERE id IN (SELECT id FROM "jobs:elements:tags" WHERE value = 'x')`)
    ).toEqual(expect.arrayContaining([expect.stringMatching(/^SEARCH jobs:elements:tags USING PRIMARY KEY/)]))
    connection.close()
  })

  it('sees the indexes that another has made', () => {
    const other = new DocumentEngine(path)
    engine.insertOne('things', { _id: 'a', tags: ['x'] })
    other.createIndex('things', [{ path: 'tags', direction: 1 }], true)
    engine.insertOne('things', { _id: 'b', tags: ['x', 'y'] })
    expect(other.countDocuments('things', { tags: 'x' })).toBe(2)
    expect(engine.countDocuments('things', { tags: 'y' })).toBe(1)
    other.close()
  })

  it('leaves no trace of a write that failed', () => {
    engine.insertOne('things', { _id: 'a', n: 1 })
    expect(() => engine.updateOne('things', {}, { $set: { n: Number.NaN } })).toThrow()
    expect(() => engine.insertOne('things', { _id: 'a', n: 2 })).toThrow()
    engine.insertOne('things', { _id: 'b', n: 3 })
    const stored = engine.find('things', {}, { ...everything, order: [{ path: '_id', direction: 1 }] })
    expect(stored.map(documentFromJson)).toEqual([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 3 }
    ])
  })
})

describe('the file of the store', () => {
  let folder: string
  let path: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-file-'))
    path = join(folder, 'studio.db')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is written ahead and waits for the disk', () => {
    const connection = new SqliteConnection(path)
    expect(connection.rows('PRAGMA journal_mode')).toEqual([['wal']])
    // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
    expect(connection.rows('PRAGMA synchronous')).toEqual([[2]])
    connection.close()
  })

  it('waits for another that writes, and says so when it is too long', () => {
    const first = new SqliteConnection(path)
    const second = new SqliteConnection(path, 50)
    first.write(() => {
      expect(() => second.write(() => undefined)).toThrow(expect.objectContaining({ code: 'store-locked' }))
    })
    expect(second.write(() => 'free')).toBe('free')
    first.close()
    second.close()
  })

  it('that has no room says disk-full, and what was there stays', () => {
    const connection = new SqliteConnection(path)
    connection.define('CREATE TABLE filler (text TEXT)')
    connection.run('INSERT INTO filler VALUES (?)', ['kept'])
    // Makes SQLite raise what it raises on a full drive.
    connection.rows('PRAGMA max_page_count = 20')
    const fill = () => {
      for (let row = 0; row < 100; row += 1) connection.run('INSERT INTO filler VALUES (?)', ['x'.repeat(4_000)])
    }
    expect(() => connection.write(fill)).toThrow(expect.objectContaining({ code: 'disk-full' }))
    expect(connection.rows('SELECT text FROM filler')).toEqual([['kept']])
    connection.close()
  })

  it('of another program is left alone', () => {
    const other = new Sqlite(path)
    other.exec('CREATE TABLE theirs (a)')
    other.close()
    expect(() => new SqliteConnection(path)).toThrow(expect.objectContaining({ code: 'store-damaged' }))
    const after = new Sqlite(path)
    expect(after.prepare('PRAGMA journal_mode').raw().all()).toEqual([['delete']])
    after.close()
  })

  it('of a newer studio is left alone', () => {
    new SqliteConnection(path).close()
    const newer = new Sqlite(path)
    newer.exec('PRAGMA user_version = 3')
    newer.close()
    expect(() => new SqliteConnection(path)).toThrow(expect.objectContaining({ code: 'store-too-new' }))
  })
})
