import { StudioError } from '../../../domain/errors.ts'
import { documentFromJson } from './document-json.ts'
import type { Fields, IndexedField, IndexedFields } from './filter-sql.ts'
import { type IndexedValues, indexedValues, isSameList, isSameValue } from './indexed-values.ts'
import { jsonPath, orderedField } from './json-path.ts'
import type { SqliteConnection } from './sqlite-connection.ts'
import type { OrderKey } from './worker-protocol.ts'

const ID: IndexedField = { kind: 'scalar', column: 'id' }
const MULTIKEY = 'elements'
/** Documents read at once. */
const CHUNK = 128

/**
 * The table of one collection: `id`, the document as JSON, and a column for each indexed field, named by its JSON path.
 * An array's elements are in a table of their own. What is written beside the document is only what has changed of it:
 * SQLite leaves alone every index whose columns an update does not name.
 */
export class DocumentTable {
  readonly table: string
  readonly #name: string
  readonly #connection: SqliteConnection
  readonly #indexed = new Map<string, IndexedField>([['_id', ID]])
  /** The schema that `#indexed` was read from. */
  #schema: unknown

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

  /**
   * What the document has in its indexed fields, those included that another connection has indexed: for use in the
   * transaction that writes it. @throws StudioError `internal` where an indexed field cannot hold what is in it.
   */
  indexedIn(document: Fields): IndexedValues {
    if (this.#connection.schemaVersion() !== this.#schema) this.#readIndexed()
    return indexedValues(document, this.#indexed)
  }

  insert(id: string, json: string, { columns, elements }: IndexedValues): void {
    const names = ['id', 'document', ...columns.keys()]
    const marks = names.map(() => '?').join(', ')
    this.#connection.run(`INSERT INTO ${this.table} (${names.join(', ')}) VALUES (${marks})`, [
      id,
      json,
      ...columns.values()
    ])
    for (const [table, values] of elements) this.#insertElements(table, id, values)
  }

  /** `before` and `after` are of one transaction, hence of the same indexed fields. */
  update(id: string, json: string, before: IndexedValues, after: IndexedValues): void {
    const changed = [...after.columns].filter(([column, value]) => !isSameValue(before.columns.get(column), value))
    const settings = ['document = ?', ...changed.map(([column]) => `${column} = ?`)].join(', ')
    const parameters = [json, ...changed.map(([, value]) => value), id]
    this.#connection.run(`UPDATE ${this.table} SET ${settings} WHERE id = ?`, parameters)
    for (const [table, values] of after.elements) {
      if (isSameList(before.elements.get(table), values)) continue
      this.#deleteElements(table, id)
      this.#insertElements(table, id, values)
    }
  }

  delete(id: string): void {
    this.#connection.run(`DELETE FROM ${this.table} WHERE id = ?`, [id])
    if (this.#connection.schemaVersion() !== this.#schema) this.#readIndexed()
    for (const field of this.#indexed.values()) {
      if (field.kind === 'multikey') this.#deleteElements(field.table, id)
    }
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
        this.#checkStored(keys, multikey)
        if (multikey) this.#defineElements(first.path)
        else this.#defineIndex(object, keys)
      })
    }
    this.#readIndexed()
    return name
  }

  /** @throws StudioError `internal` where a document that is there already cannot be indexed. */
  #checkStored(keys: readonly OrderKey[], multikey: boolean): void {
    const wanted = new Map(
      keys.map(({ path }): [string, IndexedField] => [
        path,
        multikey ? { kind: 'multikey', table: path } : { kind: 'scalar', column: path }
      ])
    )
    const sql = `SELECT rowid, document FROM ${this.table} WHERE rowid > ? ORDER BY rowid LIMIT ${CHUNK}`
    for (let last: unknown = 0; typeof last === 'number'; ) {
      const rows = this.#connection.rows(sql, [last])
      for (const [, json] of rows) indexedValues(documentFromJson(String(json)), wanted)
      last = rows.at(-1)?.[0]
    }
  }

  #defineIndex(object: string, keys: readonly OrderKey[]): void {
    const columns = this.#columns()
    for (const { path } of keys) {
      const column = jsonPath(path)
      if (path === '_id' || columns.has(column)) continue
      this.#connection.define(`ALTER TABLE ${this.table} ADD COLUMN "${column}" ANY`)
      this.#connection.define(`UPDATE ${this.table} SET "${column}" = ${orderedField(path)}`)
      columns.add(column)
    }
    const parts = keys.map(
      ({ path, direction }) => `${path === '_id' ? 'id' : `"${jsonPath(path)}"`}${direction < 0 ? ' DESC' : ''}`
    )
    this.#connection.define(`CREATE INDEX "${object}" ON ${this.table} (${parts.join(', ')})`)
  }

  #defineElements(path: string): void {
    const elements = `"${this.#elementsTable(path)}"`
    this.#connection.define(
      [
        `CREATE TABLE ${elements} (value ANY NOT NULL, id TEXT NOT NULL, PRIMARY KEY (value, id)) STRICT, WITHOUT ROWID`,
        `CREATE INDEX "${this.#elementsTable(path)}:id" ON ${elements} (id)`,
        `INSERT OR IGNORE INTO ${elements} SELECT each.value, ${this.table}.id FROM ${this.table}, json_each(document, '${jsonPath(path)}') each`
      ].join(';\n')
    )
  }

  #insertElements(table: string, id: string, values: readonly string[]): void {
    const insert = `INSERT OR IGNORE INTO ${table} (value, id) VALUES (?, ?)`
    for (const value of values) this.#connection.run(insert, [value, id])
  }

  #deleteElements(table: string, id: string): void {
    this.#connection.run(`DELETE FROM ${table} WHERE id = ?`, [id])
  }

  #elementsTable(path: string): string {
    return `${this.#name}:${MULTIKEY}:${path}`
  }

  #exists(object: string): boolean {
    return this.#connection.rows('SELECT 1 FROM sqlite_schema WHERE name = ?', [object]).length > 0
  }

  #columns(): Set<string> {
    const rows = this.#connection.rows('SELECT name FROM pragma_table_info(?)', [this.#name])
    return new Set(rows.map(([name]) => String(name)))
  }

  #readIndexed(): void {
    this.#schema = this.#connection.schemaVersion()
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
