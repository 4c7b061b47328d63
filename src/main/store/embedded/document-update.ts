import { updateOne } from 'mingo/updater'
import { StudioError } from '../../../domain/errors.ts'
import type { Fields } from './filter-sql.ts'

const OPERATORS = new Set(['$set', '$unset', '$inc', '$push', '$currentDate'])

/** The document after the update; the one given is left as it was. @throws StudioError `internal`. */
export function updatedDocument(document: Fields, update: Fields): Record<string, unknown> {
  const unknown = Object.keys(update).find((operator) => !OPERATORS.has(operator))
  if (unknown !== undefined) {
    throw new StudioError('internal', `${unknown} is not an operator that updates of the store may use.`)
  }
  const copy = structuredClone(document)
  updateOne([copy], {}, update)
  return copy
}
