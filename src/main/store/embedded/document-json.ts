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

/** Anything as JSON may write it: the value itself where nothing in it has to change, so that ledgers are not copied. */
function tagged(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value
    case 'number':
      if (!Number.isFinite(value)) throw refused(`The number ${value}`)
      return value
    case 'object':
      if (value === null) return null
      if (value instanceof Date) return { $date: dateText(value) }
      if (Array.isArray(value)) return taggedArray(value)
      if (!isPlain(value)) throw refused(`A ${value.constructor.name}`)
      return taggedFields(value)
    default:
      throw refused(`A ${typeof value}`)
  }
}

function taggedArray(array: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | null = null
  for (const [index, element] of array.entries()) {
    const written = tagged(element)
    if (written === element) continue
    copy ??= [...array]
    copy[index] = written
  }
  return copy ?? array
}

function taggedFields(fields: Fields): Fields {
  let copy: Fields | null = null
  let escapes = false
  for (const key of Object.keys(fields)) {
    escapes ||= key.startsWith('$')
    const field = fields[key]
    const written = tagged(field)
    if (written === field) continue
    copy ??= { ...fields }
    copy[key] = written
  }
  return escapes ? renamed(copy ?? fields, (key) => (key.startsWith('$') ? `$${key}` : key)) : (copy ?? fields)
}

function renamed(fields: Fields, name: (key: string) => string): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, field]): [string, unknown] => [name(key), field]))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

/** Undoes `tagged` in place: what `JSON.parse` has made belongs to nobody else. */
function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      if (typeof element === 'object') value[index] = revived(element)
    }
    return value
  }
  return isFields(value) ? revivedFields(value) : value
}

function revivedFields(fields: Fields): unknown {
  if (typeof fields.$date === 'string') return new Date(fields.$date)
  let escaped = false
  for (const key of Object.keys(fields)) {
    escaped ||= key.startsWith('$')
    const field = fields[key]
    if (typeof field === 'object') fields[key] = revived(field)
  }
  return escaped ? renamed(fields, (key) => (key.startsWith('$$') ? key.slice(1) : key)) : fields
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
