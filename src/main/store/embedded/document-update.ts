import { updateOne } from 'mingo/updater'
import { StudioError } from '../../../domain/errors.ts'
import type { Fields } from './filter-sql.ts'

const OPERATORS = new Set(['$set', '$unset', '$inc', '$push', '$currentDate'])

/** Changes the document in place; what the update names becomes part of it uncopied. @throws StudioError `internal`. */
export function applyUpdate(document: Record<string, unknown>, update: Fields): void {
  const unknown = Object.keys(update).find((operator) => !OPERATORS.has(operator))
  if (unknown !== undefined) {
    throw new StudioError('internal', `${unknown} is not an operator that updates of the store may use.`)
  }
  updateOne([document], {}, update, { cloneMode: 'none' })
}
