import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'libsql'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DocumentEngine } from './document-engine.ts'
import { documentFromJson } from './document-json.ts'
import type { OrderKey } from './worker-protocol.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-format-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A file as the first format had it, with an index of each kind. */
function fileOfFormat1(path: string): void {
  const database = new Sqlite(path)
  database.exec(
    `PRAGMA journal_mode = WAL;
     CREATE TABLE "prints" (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT;
     ALTER TABLE "prints" ADD COLUMN "$.copies" ANY GENERATED ALWAYS AS (json_extract(document, '$.copies')) VIRTUAL;
     CREATE INDEX "prints:copies_1__id_1" ON "prints" ("$.copies", id);
     CREATE TABLE "prints:elements:tags" (value ANY NOT NULL, id TEXT NOT NULL, PRIMARY KEY (value, id)) STRICT, WITHOUT ROWID;
     CREATE INDEX "prints:elements:tags:id" ON "prints:elements:tags" (id);
     CREATE TRIGGER "prints:elements:tags:INSERT" AFTER INSERT ON "prints" BEGIN
       INSERT OR IGNORE INTO "prints:elements:tags" SELECT value, NEW.id FROM json_each(NEW.document, '$.tags');
     END;
     PRAGMA application_id = ${0x41504558};
     PRAGMA user_version = 1`
  )
  const put = database.prepare('INSERT INTO prints (id, document) VALUES (?, ?)')
  for (const copies of [1, 2, 3]) {
    put.run([`p${copies}`, JSON.stringify({ _id: `p${copies}`, copies, tags: ['all', `t${copies}`] })])
  }
  database.close()
}

it('a file of the first format keeps its documents and gets its indexes anew', () => {
  const path = join(folder, 'studio.db')
  fileOfFormat1(path)
  const engine = new DocumentEngine(path)
  const order: OrderKey[] = [
    { path: 'copies', direction: 1 },
    { path: '_id', direction: 1 }
  ]
  engine.createIndex('prints', order, false)
  engine.createIndex('prints', [{ path: 'tags', direction: 1 }], true)
  engine.insertOne('prints', { _id: 'p4', copies: 4, tags: ['all'] })
  engine.updateOne('prints', { _id: 'p2' }, { $set: { copies: 9, tags: [] } })
  const found = engine.find('prints', { copies: { $gte: 2 } }, { order, limit: null, fields: null })
  expect(found.map(documentFromJson)).toEqual([
    { _id: 'p3', copies: 3, tags: ['all', 't3'] },
    { _id: 'p4', copies: 4, tags: ['all'] },
    { _id: 'p2', copies: 9, tags: [] }
  ])
  expect(engine.countDocuments('prints', { tags: 'all' })).toBe(3)
  expect(engine.countDocuments('prints', { tags: 't2' })).toBe(0)
  engine.close()

  const file = new Sqlite(path)
  const [version] = file.prepare('PRAGMA user_version').raw().all([])
  expect(version).toEqual([2])
  expect(file.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).raw().all([])).toEqual([])
  file.close()
})
