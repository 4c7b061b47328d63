import { Context } from 'mingo/core'
import { $and, $eq, $exists, $gt, $gte, $in, $lt, $lte, $ne, $or } from 'mingo/operators/query'
import { Query } from 'mingo/query'
import type { Fields } from './filter-sql.ts'

/** The closed list of `collection.ts`; loading `mingo` whole takes three times as long. */
const options = { context: Context.init({ query: { $and, $eq, $exists, $gt, $gte, $in, $lt, $lte, $ne, $or } }) }

/** Tells of a document whether it matches. */
export function matcher(filter: Fields): (document: Fields) => boolean {
  const query = new Query<Fields>(filter, options)
  return (document) => query.test(document)
}

/** Only these fields of each document, and `_id`. */
export function projected(documents: readonly Fields[], fields: readonly string[]): Fields[] {
  const projection = Object.fromEntries(fields.map((path) => [path, 1]))
  return new Query<Fields>({}, options).find<Fields>([...documents], projection).all()
}
