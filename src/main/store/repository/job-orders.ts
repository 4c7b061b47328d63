import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { instantSchema } from '../../../domain/instant.ts'
import type { Job } from '../../../domain/job.ts'
import type { Filter, RawDocument, Scalar, Sort } from '../collection.ts'
import type { JobOrder } from '../job-repository.ts'

type Path =
  | 'createdAt'
  | 'updatedAt'
  | 'listing.name'
  | 'listing.score'
  | 'rating.stars'
  | 'priority'
  | 'position'
  | '_id'
type Key = readonly [path: Path, direction: 1 | -1]

/** In which waiting jobs are begun: higher priority first, then by place. */
export const QUEUE_ORDER = { priority: -1, position: 1, _id: 1 } as const satisfies Sort<Job>

const NEWEST: readonly Key[] = [
  ['createdAt', -1],
  ['_id', -1]
]

function descending(by: JobOrder['by']): readonly Key[] {
  switch (by) {
    case 'created':
      return NEWEST
    case 'changed':
      return [
        ['updatedAt', -1],
        ['_id', -1]
      ]
    case 'name':
      return [
        ['listing.name', -1],
        ['_id', -1]
      ]
    case 'score':
      return [
        ['listing.score', -1],
        ['_id', -1]
      ]
    case 'stars':
      return [['rating.stars', -1], ...NEWEST]
    case 'queue':
      return [
        ['priority', -1],
        ['position', 1],
        ['_id', 1]
      ]
  }
}

/** The keys a list is ordered by, the last of which no two jobs share. */
export function keysOf({ by, direction }: JobOrder): readonly Key[] {
  const keys = descending(by)
  if (direction === 'descending' || by === 'queue') return keys
  return keys.map(([path, sign]) => [path, sign === 1 ? -1 : 1])
}

export function sortBy(keys: readonly Key[]): Sort<Job> {
  return Object.fromEntries(keys)
}

const cursorSchema = z.array(z.union([z.null(), z.number(), z.string(), z.object({ date: instantSchema })]))

/** Where a page ended, as the opaque text that callers keep: the values of its last row. */
export function cursorAfter(row: RawDocument, keys: readonly Key[]): string {
  const values = keys.map(([path]) => {
    const value = path.split('.').reduce<unknown>((part, name) => (isRecord(part) ? part[name] : undefined), row)
    return value instanceof Date ? { date: value.toISOString() } : (value ?? null)
  })
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** What lies beyond a cursor. @throws StudioError `option-invalid` for text that is not a cursor of this order. */
export function beyond(cursor: string, keys: readonly Key[]): Filter<Job> {
  const values = readCursor(cursor)
  if (values.length !== keys.length || !keys.every(([path], index) => fits(path, values[index] ?? null))) {
    throw foreign(undefined)
  }
  // Further down by the last key among those equal in all others, or by the last but one, and so on.
  const branches = keys.flatMap((key, index) => {
    const further = furtherThan(key, values[index] ?? null)
    const equal = keys.slice(0, index).map(([path], at) => only(path, values[at] ?? null))
    return further.map((condition) => ({ $and: [...equal, condition] }))
  })
  const [path, direction] = keys[0] ?? (['_id', -1] as const)
  const first = values[0] ?? null
  // Says nothing new, but lets the index begin at the right place.
  const start = first === null ? [] : [range(path, direction === 1 ? '$gte' : '$lte', first)]
  const withNulls = direction === -1 && first !== null ? [{ $or: [...start, only(path, null)] }] : start
  return { $and: [...(isNullable(path) ? withNulls : start), { $or: branches }] }
}

/** null is less than anything, in the store as in MongoDB. */
function furtherThan([path, direction]: Key, value: Scalar): Filter<Job>[] {
  if (value === null) return direction === 1 ? [{ [path]: { $ne: null } }] : []
  if (direction === 1) return [range(path, '$gt', value)]
  return isNullable(path) ? [range(path, '$lt', value), only(path, null)] : [range(path, '$lt', value)]
}

function fits(path: Path, value: Scalar): boolean {
  switch (path) {
    case 'createdAt':
    case 'updatedAt':
      return value instanceof Date
    case 'listing.name':
    case '_id':
      return typeof value === 'string'
    case 'listing.score':
      return value === null || typeof value === 'number'
    case 'rating.stars':
    case 'priority':
    case 'position':
      return typeof value === 'number'
  }
}

const isNullable = (path: Path) => path === 'listing.score'
const only = (path: Path, value: Scalar): Filter<Job> => ({ [path]: value })
const range = (path: Path, operator: '$gt' | '$gte' | '$lt' | '$lte', value: Scalar): Filter<Job> => ({
  [path]: { [operator]: value }
})

function readCursor(text: string): Scalar[] {
  try {
    const values = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return values.map((value) => (typeof value === 'object' && value !== null ? value.date : value))
  } catch (cause) {
    throw foreign(cause)
  }
}

function foreign(cause: unknown): StudioError {
  return new StudioError('option-invalid', 'The position in the list is not one that the studio gave out.', { cause })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
