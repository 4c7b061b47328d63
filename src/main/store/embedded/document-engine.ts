import { StudioError } from '../../../domain/errors.ts'
import type { UpdateResult } from '../collection.ts'
import { documentFromJson, documentToJson } from './document-json.ts'
import { matcher, projected } from './document-query.ts'
import { DocumentTable } from './document-table.ts'
import { applyUpdate } from './document-update.ts'
import { type Fields, sqlFilter } from './filter-sql.ts'
import { SqliteConnection } from './sqlite-connection.ts'
import type { OrderKey, Selection } from './worker-protocol.ts'

interface StoredRow {
  readonly id: string
  readonly json: string
  /** Null where nobody had to look into it yet. */
  readonly document: Record<string, unknown> | null
}

interface Change {
  readonly before: StoredRow
  readonly after: StoredRow
  readonly modified: boolean
}

/** Which document an update changes, and what is told of it. */
interface ChangeSelection {
  readonly order: readonly OrderKey[]
  readonly returnDocument: 'before' | 'after'
  /** Null for the whole document. */
  readonly fields: readonly string[] | null
}

/** Rows asked for at once when SQL alone cannot tell which match. */
const CHUNK = 128

/**
 * Document collections over one SQLite file: SQL narrows and orders by what is indexed, `mingo` decides the rest.
 * Synchronous; it lives in a worker thread, and hands documents out as the JSON text they are stored as.
 */
export class DocumentEngine {
  readonly #connection: SqliteConnection
  readonly #tables = new Map<string, DocumentTable>()

  constructor(path: string) {
    this.#connection = new SqliteConnection(path)
  }

  collections(): string[] {
    // Tables of array elements have a colon in their name, SQLite's own an underscore.
    const rows = this.#connection.rows(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    return rows.map(([name]) => String(name)).filter((name) => /^[a-z]+$/.test(name))
  }

  insertOne(collection: string, document: Fields): void {
    const table = this.#table(collection)
    const id = document._id
    if (typeof id !== 'string' || id === '') throw new StudioError('internal', 'A document needs a string as its _id.')
    const json = documentToJson(document)
    this.#connection.write(() => {
      if (this.#connection.rows(`SELECT 1 FROM ${table.table} WHERE id = ?`, [id]).length > 0) {
        throw new StudioError('document-exists', `There is already a document "${id}" in ${collection}.`)
      }
      table.insert(id, json, table.indexedIn(document))
    })
  }

  find(collection: string, filter: Fields, selection: Selection): string[] {
    const table = this.#table(collection)
    const rows = this.#connection.read(() => [...this.#matches(table, filter, selection.order, selection.limit)])
    return handedOut(rows, selection.fields)
  }

  countDocuments(collection: string, filter: Fields): number {
    const table = this.#table(collection)
    const { where, parameters, exact } = sqlFilter(filter, table.indexed)
    if (!exact) return this.#connection.read(() => [...this.#matches(table, filter, [], null)].length)
    const count = this.#connection.rows(`SELECT count(*) FROM ${table.table} WHERE ${where}`, parameters)[0]?.[0]
    return Number(count)
  }

  updateOne(collection: string, filter: Fields, update: Fields): UpdateResult {
    const change = this.#change(collection, filter, update, [])
    return { matchedCount: change ? 1 : 0, modifiedCount: change?.modified ? 1 : 0 }
  }

  /** The first match in order, before or after its update; null when nothing matches. */
  findOneAndUpdate(collection: string, filter: Fields, update: Fields, selection: ChangeSelection): string | null {
    const change = this.#change(collection, filter, update, selection.order)
    return (change && handedOut([change[selection.returnDocument]], selection.fields)[0]) ?? null
  }

  #change(collection: string, filter: Fields, update: Fields, order: readonly OrderKey[]): Change | null {
    const table = this.#table(collection)
    return this.#connection.write(() => {
      const [row] = this.#matches(table, filter, order, 1)
      if (!row) return null
      const document = documentOf(row)
      const before = table.indexedIn(document)
      applyUpdate(document, update)
      if (document._id !== row.id) throw new StudioError('internal', 'An update cannot change the _id of a document.')
      const after = table.indexedIn(document)
      const json = documentToJson(document)
      const modified = json !== row.json
      if (modified) table.update(row.id, json, before, after)
      return { before: { ...row, document: null }, after: { ...row, json, document }, modified }
    })
  }

  deleteOne(collection: string, filter: Fields): { deletedCount: number } {
    const table = this.#table(collection)
    return this.#connection.write(() => {
      const [row] = this.#matches(table, filter, [], 1)
      if (!row) return { deletedCount: 0 }
      table.delete(row.id)
      return { deletedCount: 1 }
    })
  }

  /** Several calls of this engine with one wait for the disk; see `SqliteConnection.group`. */
  together<T>(calls: readonly (() => T)[]): PromiseSettledResult<T>[] {
    let undone = true
    try {
      const outcomes = this.#connection.group(calls)
      undone = outcomes.some(({ status }) => status === 'rejected')
      return outcomes
    } finally {
      // Among what was undone may be the making of a table.
      if (undone) this.#tables.clear()
    }
  }

  createIndex(collection: string, keys: readonly OrderKey[], multikey: boolean): string {
    return this.#table(collection).createIndex(keys, multikey)
  }

  close(): void {
    this.#connection.close()
  }

  #table(collection: string): DocumentTable {
    const known = this.#tables.get(collection)
    if (known) return known
    const table = new DocumentTable(this.#connection, collection)
    this.#tables.set(collection, table)
    return table
  }

  *#matches(
    table: DocumentTable,
    filter: Fields,
    order: readonly OrderKey[],
    limit: number | null
  ): Generator<StoredRow> {
    const { where, parameters, exact } = sqlFilter(filter, table.indexed)
    const terms = order.map(({ path, direction }) => `${table.ordering(path)}${direction < 0 ? ' DESC' : ''}`)
    const orderBy = terms.length > 0 ? `ORDER BY ${terms.join(', ')}` : ''
    const sql = `SELECT id, document FROM ${table.table} WHERE ${where} ${orderBy} LIMIT ? OFFSET ?`
    const matches = exact ? null : matcher(filter)
    const chunk = exact && limit !== null ? limit : CHUNK
    let found = 0
    for (let offset = 0; ; offset += chunk) {
      const rows = this.#connection.rows(sql, [...parameters, chunk, offset])
      for (const [id, json] of rows) {
        if (typeof id !== 'string' || typeof json !== 'string') {
          throw new StudioError('store-damaged', 'A row of the store holds no document.')
        }
        const document = matches && documentFromJson(json)
        if (document && !matches(document)) continue
        yield { id, json, document }
        found += 1
        if (found === limit) return
      }
      if (rows.length < chunk) return
    }
  }
}

function handedOut(rows: readonly StoredRow[], fields: readonly string[] | null): string[] {
  return fields ? projected(rows.map(documentOf), fields).map(documentToJson) : rows.map((row) => row.json)
}

function documentOf({ document, json }: StoredRow): Record<string, unknown> {
  return document ?? documentFromJson(json)
}
