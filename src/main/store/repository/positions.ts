import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'

/** A place in a list ordered by a date and then by id, as the opaque text that callers keep. */
export interface Position {
  readonly date: Date
  /** The last one seen of that date; null for none. */
  readonly id: string | null
}

const positionSchema = z.tuple([z.iso.datetime(), z.string().nullable()])

export function encodePosition({ date, id }: Position): string {
  return Buffer.from(JSON.stringify([date.toISOString(), id])).toString('base64url')
}

/** @throws StudioError `option-invalid` for text that did not come from `encodePosition`. */
export function decodePosition(text: string): Position {
  try {
    const [date, id] = positionSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return { date: new Date(date), id }
  } catch (cause) {
    throw new StudioError('option-invalid', 'The position in the list is not one that the studio gave out.', { cause })
  }
}
