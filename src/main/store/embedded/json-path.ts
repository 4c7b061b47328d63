import { StudioError } from '../../../domain/errors.ts'

const SEGMENT = /^[A-Za-z_]\w*$/

/** SQLite's path of a dotted field name, e.g. `$.lease.token`; names that would need quoting are refused. */
export function jsonPath(path: string): string {
  const segments = path.split('.')
  if (!segments.every((segment) => SEGMENT.test(segment))) {
    throw new StudioError('internal', `"${path}" is not a field that the store can index or sort by.`)
  }
  return `$.${segments.join('.')}`
}

/**
 * A field as a value that SQLite orders as MongoDB does: null, then numbers, strings, booleans, dates
 * (https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/). SQLite sorts blobs after texts, so
 * booleans are one-byte blobs and dates blobs of their ISO text, whose first byte is a digit.
 */
export function orderedField(path: string): string {
  const at = jsonPath(path)
  return [
    `CASE json_type(document, '${at}')`,
    `WHEN 'object' THEN CAST(json_extract(document, '${at}."$date"') AS BLOB)`,
    `WHEN 'true' THEN x'01' WHEN 'false' THEN x'00'`,
    `ELSE json_extract(document, '${at}') END`
  ].join(' ')
}
