import {
  MongoClientClosedError,
  MongoError,
  MongoGridFSChunkError,
  MongoGridFSStreamError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoSystemError,
  MongoTopologyClosedError,
  MongoUnexpectedServerResponseError
} from 'mongodb'
import { StudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'

/** A unique index, that of `_id` above all, has the value already. */
const DUPLICATE_KEY = 11000
const OUT_OF_DISK_SPACE = 14031
/** Unauthorized, AuthenticationFailed, and what Atlas answers (https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml). */
const REFUSALS: ReadonlySet<unknown> = new Set([13, 18, 8000])
/**
 * The server says of itself that it cannot serve right now: not primary, shutting down, recovering, network trouble of its
 * own (the retryable errors of https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md).
 */
const PASSING: ReadonlySet<unknown> = new Set([
  6, 7, 63, 89, 91, 134, 150, 189, 262, 317, 358, 384, 9001, 10107, 11600, 11602, 13388, 13435, 13436
])

const CHECK_SERVER =
  'Check that the server runs and can be reached, and that MONGO_URI names it. The studio goes on by itself when it answers.'

export function isDuplicate(thrown: unknown): boolean {
  return thrown instanceof MongoServerError && thrown.code === DUPLICATE_KEY
}

function isAway(thrown: MongoError): boolean {
  if (thrown instanceof MongoServerError) return PASSING.has(thrown.code)
  return (
    thrown instanceof MongoNetworkError ||
    thrown instanceof MongoSystemError ||
    thrown instanceof MongoOperationTimeoutError ||
    thrown instanceof MongoUnexpectedServerResponseError
  )
}

function isClosed(thrown: MongoError): boolean {
  return (
    thrown instanceof MongoTopologyClosedError ||
    thrown instanceof MongoClientClosedError ||
    thrown instanceof MongoNotConnectedError
  )
}

/** Anything thrown while working on a MongoDB server, as what it means for the user. `where` names the server, without secrets. */
export function mongoError(thrown: unknown, where: string): StudioError {
  if (thrown instanceof StudioError) return thrown
  const options = { cause: thrown }
  if (!(thrown instanceof MongoError)) {
    return new StudioError(
      'internal',
      `The store failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      options
    )
  }
  if (isDuplicate(thrown)) return new StudioError('document-exists', 'This is already in the store.', options)
  if (isClosed(thrown)) return new StudioError('store-unavailable', say('error-store-closed'), options)
  if (isAway(thrown)) {
    return new StudioError('store-unavailable', `The MongoDB server at ${where} does not answer.`, {
      ...options,
      hint: CHECK_SERVER
    })
  }
  if (thrown instanceof MongoServerError && REFUSALS.has(thrown.code)) {
    const hint = 'Check the user, the password and the rights that MONGO_URI gives.'
    return new StudioError('store-unavailable', `The MongoDB server at ${where} refuses this user.`, {
      ...options,
      hint
    })
  }
  if (thrown instanceof MongoServerError && thrown.code === OUT_OF_DISK_SPACE) {
    return new StudioError('disk-full', `The MongoDB server at ${where} has no space left.`, options)
  }
  if (thrown instanceof MongoGridFSChunkError || thrown instanceof MongoGridFSStreamError) {
    return new StudioError('artifact-damaged', 'Parts of the picture are missing from the store.', options)
  }
  return new StudioError('internal', `The store failed: ${thrown.message}`, options)
}
