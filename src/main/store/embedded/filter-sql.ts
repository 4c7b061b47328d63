import { StudioError } from '../../../domain/errors.ts'
import type { Scalar } from '../collection.ts'
import { isScalar, type SqlValue, scalar, sqlValue, typeBounds } from './sql-value.ts'

export type Fields = Readonly<Record<string, unknown>>

/** How an indexed field is kept: `scalar` as a column of that expression, `multikey` in a table of its elements. */
export type IndexedField =
  | { readonly kind: 'scalar'; readonly column: string }
  | { readonly kind: 'multikey'; readonly table: string }

export type IndexedFields = ReadonlyMap<string, IndexedField>

/**
 * The part of a filter that SQL can decide. Rows it leaves out never match; where `exact`, rows it lets through always
 * do, else the filter itself has the last word.
 */
export interface SqlFilter {
  readonly where: string
  readonly parameters: readonly SqlValue[]
  readonly exact: boolean
}

const ANY: SqlFilter = { where: '1', parameters: [], exact: false }
const exactly = (where: string, ...parameters: SqlValue[]): SqlFilter => ({ where, parameters, exact: true })

function joined(word: 'AND' | 'OR', parts: readonly SqlFilter[], whenEmpty: '1' | '0'): SqlFilter {
  if (parts.length === 0) return exactly(whenEmpty)
  return {
    where: `(${parts.map((part) => part.where).join(` ${word} `)})`,
    parameters: parts.flatMap((part) => part.parameters),
    exact: parts.every((part) => part.exact)
  }
}

function equals(column: string, value: Scalar): SqlFilter {
  return value === null ? exactly(`${column} IS NULL`) : exactly(`${column} = ?`, sqlValue(value))
}

function oneOf(column: string, values: readonly Scalar[]): SqlFilter {
  const present = values.filter((value) => value !== null)
  const marks = present.map(() => '?').join(', ')
  const some = exactly(`${column} IN (${marks})`, ...present.map(sqlValue))
  return present.length < values.length ? joined('OR', [some, equals(column, null)], '0') : some
}

function differs(column: string, value: Scalar): SqlFilter {
  return value === null ? exactly(`${column} IS NOT NULL`) : exactly(`${column} IS NOT ?`, sqlValue(value))
}

function ordered(column: string, operator: '<' | '<=' | '>' | '>=', value: Scalar): SqlFilter {
  if (value === null) return ANY
  const bounds = typeBounds(value)
  const bound = operator.startsWith('<') ? bounds.below : bounds.above
  return exactly(`${column} ${operator} ?${bound ? ` AND ${column} ${bound}` : ''}`, sqlValue(value))
}

function scalars(value: unknown): Scalar[] {
  if (!Array.isArray(value)) throw new StudioError('internal', '$in takes an array.')
  return value.map(scalar)
}

function elementOf(table: string, values: readonly Scalar[]): SqlFilter {
  // A missing or empty array has no rows in the table of elements, yet may match null.
  if (values.includes(null)) return ANY
  const { where, parameters } = oneOf('value', values)
  return exactly(`id IN (SELECT id FROM ${table} WHERE ${where})`, ...parameters)
}

function compared(field: IndexedField | undefined, operator: string, operand: unknown): SqlFilter {
  const column = field?.kind === 'scalar' ? field.column : undefined
  switch (operator) {
    case '$in': {
      const values = scalars(operand)
      if (field?.kind === 'multikey') return elementOf(field.table, values)
      return column ? oneOf(column, values) : ANY
    }
    case '$ne': {
      const value = scalar(operand)
      return column ? differs(column, value) : ANY
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const value = scalar(operand)
      const sign = ({ $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const)[operator]
      return column ? ordered(column, sign, value) : ANY
    }
    case '$exists':
      if (typeof operand !== 'boolean') throw new StudioError('internal', '$exists takes true or false.')
      // SQL's NULL stands for a missing field and for null alike.
      return ANY
    default:
      throw new StudioError('internal', `${operator} is not an operator that filters of the store may use.`)
  }
}

function onField(field: IndexedField | undefined, condition: unknown): SqlFilter {
  if (isScalar(condition)) {
    if (field?.kind === 'multikey') return elementOf(field.table, [condition])
    return field ? equals(field.column, condition) : ANY
  }
  if (typeof condition !== 'object' || Array.isArray(condition)) {
    throw new StudioError('internal', 'A filter compares with a value that is not a scalar.')
  }
  const parts = Object.entries(condition ?? {}).map(([operator, operand]) => compared(field, operator, operand))
  if (parts.length === 0) throw new StudioError('internal', 'A condition of a filter is empty.')
  return joined('AND', parts, '1')
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function branches(value: unknown): Fields[] {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isFields)) {
    throw new StudioError('internal', '$and and $or take filters, at least one.')
  }
  return value
}

/** @throws StudioError `internal` for any operator or value that is not on the closed list of `collection.ts`. */
export function sqlFilter(filter: Fields, indexed: IndexedFields): SqlFilter {
  const parts = Object.entries(filter).map(([key, condition]) => {
    if (key === '$and' || key === '$or') {
      const filters = branches(condition).map((branch) => sqlFilter(branch, indexed))
      return joined(key === '$and' ? 'AND' : 'OR', filters, '1')
    }
    if (key.startsWith('$')) throw new StudioError('internal', `${key} is not an operator that filters may use.`)
    return onField(indexed.get(key), condition)
  })
  return joined('AND', parts, '1')
}
