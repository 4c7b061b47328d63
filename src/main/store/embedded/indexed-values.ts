import { StudioError } from '../../../domain/errors.ts'
import type { Fields, IndexedFields } from './filter-sql.ts'
import { isScalar, type SqlValue, sqlValue } from './sql-value.ts'

/** What a document has in its indexed fields, as SQL keeps it beside the document. */
export interface IndexedValues {
  /** By the name of the column; null where the field is missing or null. */
  readonly columns: ReadonlyMap<string, SqlValue | null>
  /** By the name of the table of elements. */
  readonly elements: ReadonlyMap<string, readonly string[]>
}

/** @throws StudioError `internal` where an indexed field holds more than a scalar, or than strings if it is multikey. */
export function indexedValues(document: Fields, indexed: IndexedFields): IndexedValues {
  const columns = new Map<string, SqlValue | null>()
  const elements = new Map<string, readonly string[]>()
  for (const [path, field] of indexed) {
    if (path === '_id') continue
    if (field.kind === 'scalar') columns.set(field.column, scalarAt(document, path))
    else elements.set(field.table, elementsAt(document, path))
  }
  return { columns, elements }
}

export function isSameValue(one: SqlValue | null | undefined, other: SqlValue | null): boolean {
  return one instanceof Uint8Array && other instanceof Uint8Array ? Buffer.compare(one, other) === 0 : one === other
}

export function isSameList(one: readonly string[] | undefined, other: readonly string[]): boolean {
  return one?.length === other.length && other.every((element, index) => one[index] === element)
}

function scalarAt(document: Fields, path: string): SqlValue | null {
  const value = fieldAt(document, path) ?? null
  if (value === null) return null
  if (!isScalar(value)) throw unindexable(path)
  return sqlValue(value)
}

function elementsAt(document: Fields, path: string): readonly string[] {
  const value = fieldAt(document, path) ?? []
  if (!Array.isArray(value)) throw unindexable(path)
  // A copy, since updates change documents in place.
  return value.map((element) => {
    if (typeof element !== 'string') throw unindexable(path)
    return element
  })
}

function unindexable(path: string): StudioError {
  return new StudioError('internal', `The indexed field "${path}" cannot hold what is in it.`)
}

/** The field at a path; an array on the way is returned as it is, since no index of scalars may lead through one. */
function fieldAt(document: Fields, path: string): unknown {
  let value: unknown = document
  for (const segment of path.split('.')) {
    if (Array.isArray(value)) return value
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.getOwnPropertyDescriptor(value, segment)?.value
  }
  return value
}
