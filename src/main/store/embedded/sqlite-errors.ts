import Sqlite from 'libsql'
import { type ErrorCode, StudioError } from '../../../domain/errors.ts'

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that mean something to a user. */
const CODES: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  5: ['store-locked', 'Another program has held the store for too long.'],
  6: ['store-locked', 'Another program has held the store for too long.'],
  7: ['store-unavailable', 'There was not enough memory to work on the store.'],
  8: ['store-unavailable', 'The store is read-only.'],
  10: ['store-unavailable', 'The drive of the store reported an error.'],
  11: ['store-damaged', 'The file of the store is damaged.'],
  13: ['disk-full', 'The drive of the store is full.'],
  14: ['store-unavailable', 'The file of the store cannot be opened.'],
  26: ['store-damaged', 'The file of the store is not a database.']
}

/** The last eight bits of an extended result code are the primary one. */
const PRIMARY = 0xff

function resultCode(thrown: Error): number | undefined {
  if (thrown instanceof Sqlite.SqliteError && thrown.rawCode !== undefined) return thrown.rawCode & PRIMARY
  // libsql wraps a failure to open in a plain message that ends with the code.
  const opening = /^ConnectionFailed\(.*: (\d+)"\)$/s.exec(thrown.message)
  return opening ? Number(opening[1]) & PRIMARY : undefined
}

/** Anything thrown while working on the embedded store, as what it means for the user. */
export function storeError(thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const known = CODES[resultCode(error) ?? -1]
  const [code, message] = known ?? ['internal', `The store failed: ${error.message}`]
  return new StudioError(code, message, { cause: error })
}
