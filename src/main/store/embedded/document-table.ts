import { StudioError } from '../../../domain/errors.ts'
import { documentFromJson } from './document-json.ts'
import type { Fields, IndexedField, IndexedFields } from './filter-sql.ts'
import { jsonPath, orderedField } from './json-path.ts'
import { isScalar } from './sql-value.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import type { OrderKey } from './worker-protocol.ts'

const ID: IndexedField = { kind: 'scalar', column: 'id' }
const MULTIKEY = 'elements'
/** Documents read at once. */
const CHUNK = 128

/**
 * The table of one collection: `id`, the document as JSON, and a generated column for each indexed field, named by its
 * JSON path. An array's elements are in a table of their own, which triggers keep in step.
 */
export class DocumentTable {
  readonly table: string
  readonly #name: string
  readonly #connection: SqliteConnection
  readonly #indexed = new Map<string, IndexedField>([['_id', ID]])

  constructor(connection: SqliteConnection, name: string) {
    if (!/^[a-z]+$/.test(name)) throw new StudioError('internal', `"${name}" is not a name for a collection.`)
    this.#connection = connection
    this.#name = name
    this.table = `"${name}"`
    if (!this.#exists(name)) {
      connection.define(`CREATE TABLE IF NOT EXISTS ${this.table} (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT`)
    }
    this.#readIndexed()
  }

  get indexed(): IndexedFields {
    return this.#indexed
  }

  /** The SQL that orders as a field does. */
  ordering(path: string): string {
    const field = this.#indexed.get(path)
    return field?.kind === 'scalar' ? field.column : orderedField(path)
  }

  /** @throws StudioError `internal` where an indexed field holds more than a scalar, or than strings if it is multikey. */
  checkIndexed(document: Fields): void {
    for (const [path, { kind }] of this.#indexed) checkField(path, kind, document)
  }

  createIndex(keys: readonly OrderKey[], multikey: boolean): string {
    const name = keys.map(({ path, direction }) => `${path}_${direction}`).join('_')
    const [first, second] = keys
    if (!first) throw new StudioError('internal', 'An index needs a field.')
    if (multikey && second) throw new StudioError('internal', 'An index of array elements has one field.')
    const object = multikey ? this.#elementsTable(first.path) : `${this.#name}:${name}`
    if (!this.#exists(object)) {
      this.#connection.write(() => {
        if (this.#exists(object)) return
        this.#checkStored(keys, multikey ? 'multikey' : 'scalar')
        if (multikey) this.#defineElements(first.path)
        else this.#defineIndex(object, keys)
      })
    }
    this.#readIndexed()
    return name
  }

  /** @throws StudioError `internal` where a document that is there already cannot be indexed. */
  #checkStored(keys: readonly OrderKey[], kind: IndexedField['kind']): void {
    const sql = `SELECT rowid, document FROM ${this.table} WHERE rowid > ? ORDER BY rowid LIMIT ${CHUNK}`
    for (let last: unknown = 0; typeof last === 'number'; ) {
      const rows = this.#connection.rows(sql, [last])
      for (const [, json] of rows) {
        const document = documentFromJson(String(json))
        for (const { path } of keys) checkField(path, kind, document)
      }
      last = rows.at(-1)?.[0]
    }
  }

  #defineIndex(object: string, keys: readonly OrderKey[]): void {
    const columns = this.#columns()
    for (const { path } of keys) {
      const column = jsonPath(path)
      if (path === '_id' || columns.has(column)) continue
      const definition = `ANY GENERATED ALWAYS AS (${orderedField(path)}) VIRTUAL`
      this.#connection.define(`ALTER TABLE ${this.table} ADD COLUMN "${column}" ${definition}`)
    }
    const parts = keys.map(
      ({ path, direction }) => `${path === '_id' ? 'id' : `"${jsonPath(path)}"`}${direction < 0 ? ' DESC' : ''}`
    )
    this.#connection.define(`CREATE INDEX "${object}" ON ${this.table} (${parts.join(', ')})`)
  }

  #defineElements(path: string): void {
    const at = jsonPath(path)
    const elements = `"${this.#elementsTable(path)}"`
    const add = `INSERT OR IGNORE INTO ${elements} SELECT value, NEW.id FROM json_each(NEW.document, '${at}')`
    const drop = `DELETE FROM ${elements} WHERE id = OLD.id`
    const trigger = (event: string, body: string) =>
      `CREATE TRIGGER "${this.#elementsTable(path)}:${event}" AFTER ${event} ON ${this.table} ${body}`
    const changed = `WHEN json_extract(OLD.document, '${at}') IS NOT json_extract(NEW.document, '${at}')`
    this.#connection.define(
      [
        `CREATE TABLE ${elements} (value ANY NOT NULL, id TEXT NOT NULL, PRIMARY KEY (value, id)) STRICT, WITHOUT ROWID`,
        `CREATE INDEX "${this.#elementsTable(path)}:id" ON ${elements} (id)`,
        trigger('INSERT', `BEGIN ${add}; END`),
        trigger('UPDATE', `${changed} BEGIN ${drop}; ${add}; END`),
        trigger('DELETE', `BEGIN ${drop}; END`),
        `INSERT OR IGNORE INTO ${elements} SELECT each.value, ${this.table}.id FROM ${this.table}, json_each(document, '${at}') each`
      ].join(';\n')
    )
  }

  #elementsTable(path: string): string {
    return `${this.#name}:${MULTIKEY}:${path}`
  }

  #exists(object: string): boolean {
    return this.#connection.rows('SELECT 1 FROM sqlite_schema WHERE name = ?', [object]).length > 0
  }

  #columns(): Set<string> {
    const rows = this.#connection.rows('SELECT name FROM pragma_table_xinfo(?)', [this.#name])
    return new Set(rows.map(([name]) => String(name)))
  }

  #readIndexed(): void {
    for (const column of this.#columns()) {
      if (column.startsWith('$.')) this.#indexed.set(column.slice(2), { kind: 'scalar', column: `"${column}"` })
    }
    const prefix = this.#elementsTable('')
    for (const [name] of this.#connection.rows(`SELECT name FROM sqlite_schema WHERE type = 'table'`)) {
      if (typeof name !== 'string' || !name.startsWith(prefix)) continue
      this.#indexed.set(name.slice(prefix.length), { kind: 'multikey', table: `"${name}"` })
    }
  }
}

/** The field at a path; an array on the way is returned as it is, since no index of scalars may lead through one. */
function fieldAt(document: Fields, path: string): unknown {
  let value: unknown = document
  for (const segment of path.split('.')) {
    if (Array.isArray(value)) return value
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([key]) => key === segment)?.[1]
  }
  return value
}

function checkField(path: string, kind: IndexedField['kind'], document: Fields): void {
  const value = fieldAt(document, path)
  if (value === undefined || value === null) return
  const isIndexable =
    kind === 'scalar' ? isScalar(value) : Array.isArray(value) && value.every((element) => typeof element === 'string')
  if (!isIndexable) throw new StudioError('internal', `The indexed field "${path}" cannot hold what is in it.`)
}
