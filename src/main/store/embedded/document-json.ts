import { StudioError } from '../../../domain/errors.ts'

/**
 * Documents as JSON text. A date is `{"$date": "2026-01-31T12:00:00.000Z"}`, as in MongoDB's relaxed Extended JSON
 * (https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/); any other key that begins with `$` gets one
 * more `$`, so that no document can pass for a date. `undefined` fields are left out, as JSON does.
 */

type Fields = Record<string, unknown>

const refused = (what: string) => new StudioError('internal', `${what} cannot be stored in a document.`)

/** The years for which ISO text sorts as the dates do. */
const FIRST_DATE = Date.parse('0000-01-01T00:00:00.000Z')
const LAST_DATE = Date.parse('9999-12-31T23:59:59.999Z')

export function dateText(date: Date): string {
  const time = date.getTime()
  if (!(time >= FIRST_DATE && time <= LAST_DATE)) throw refused(`The date ${String(date)}`)
  return date.toISOString()
}

function isPlain(value: object): value is Fields {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function tagged(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value
    case 'number':
      if (!Number.isFinite(value)) throw refused(`The number ${value}`)
      return value
    case 'object': {
      if (value === null) return null
      if (value instanceof Date) return { $date: dateText(value) }
      if (Array.isArray(value)) return value.map(tagged)
      if (!isPlain(value)) throw refused(`A ${value.constructor.name}`)
      const entries = Object.entries(value).map(([key, field]): [string, unknown] => [
        key.startsWith('$') ? `$${key}` : key,
        tagged(field)
      ])
      return Object.fromEntries(entries)
    }
    default:
      throw refused(`A ${typeof value}`)
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived)
  if (!isFields(value)) return value
  const date = value.$date
  if (typeof date === 'string') return new Date(date)
  const entries = Object.entries(value).map(([key, field]): [string, unknown] => [
    key.startsWith('$$') ? key.slice(1) : key,
    revived(field)
  ])
  return Object.fromEntries(entries)
}

/** @throws StudioError `internal` for what JSON would change silently: NaN, infinities, class instances, bigint. */
export function documentToJson(document: Fields): string {
  return JSON.stringify(tagged(document))
}

/** @throws StudioError `store-damaged` when the text is no document. */
export function documentFromJson(json: string): Fields {
  let value: unknown
  try {
    value = revived(JSON.parse(json))
  } catch (cause) {
    throw new StudioError('store-damaged', 'A document in the store is not valid JSON.', { cause })
  }
  if (!isFields(value)) throw new StudioError('store-damaged', 'A row of the store holds no document.')
  return value
}
