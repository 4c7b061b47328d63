import { StudioError } from '../../../domain/errors.ts'
import type { Scalar } from '../collection.ts'
import { dateText } from './document-json.ts'

export type SqlValue = string | number | Uint8Array

/** A value of a filter as `orderedField` yields it; null is not among them, SQL asks for it in other words. */
export function sqlValue(value: Exclude<Scalar, null>): SqlValue {
  switch (typeof value) {
    case 'string':
    case 'number':
      return value
    case 'boolean':
      return Uint8Array.of(value ? 1 : 0)
    case 'object':
      return Buffer.from(dateText(value), 'latin1')
  }
}

/** SQL that holds a column to the values of one type, below and above: MongoDB compares within a type only. */
export function typeBounds(value: Exclude<Scalar, null>): { readonly below: string; readonly above: string } {
  switch (typeof value) {
    case 'number':
      return { below: '', above: `< ''` }
    case 'string':
      return { below: `>= ''`, above: `< x''` }
    case 'boolean':
      return { below: `>= x''`, above: `< x'02'` }
    case 'object':
      return { below: `>= x'02'`, above: '' }
  }
}

export function isScalar(value: unknown): value is Scalar {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value instanceof Date
  )
}

/** @throws StudioError `internal`. */
export function scalar(value: unknown): Scalar {
  if (!isScalar(value)) throw new StudioError('internal', 'A filter compares with a value that is not a scalar.')
  return value
}
