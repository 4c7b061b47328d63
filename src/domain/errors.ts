import { z } from 'zod'
import { ADVICE } from './error-advice.ts'
import { say } from './sentences/say.ts'

export type ErrorCode = keyof typeof ADVICE

export const errorCodeSchema = z.enum(Object.keys(ADVICE) as [ErrorCode, ...ErrorCode[]])

/** Facts of an error a program may want to read, e.g. the faces found. JSON only. */
export type ErrorDetails = Record<string, unknown>

/** An error as it crosses a process, a socket or the store: whole, its causes included. */
export interface SerializedError {
  code: ErrorCode
  message: string
  hint: string
  details?: ErrorDetails | undefined
  stack?: string | undefined
  cause?: SerializedError | undefined
}

export const serializedErrorSchema: z.ZodType<SerializedError> = z.lazy(() =>
  z.object({
    code: errorCodeSchema,
    message: z.string(),
    hint: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
    stack: z.string().optional(),
    cause: serializedErrorSchema.optional()
  })
)

export interface StudioErrorOptions {
  hint?: string | undefined
  details?: ErrorDetails | undefined
  cause?: unknown
}

/** The one error class of the studio: a stable code, a sentence for people, a hint that says what to do. */
export class StudioError extends Error {
  readonly code: ErrorCode
  readonly hint: string
  readonly details: ErrorDetails | undefined

  constructor(code: ErrorCode, message: string, options: StudioErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'StudioError'
    this.code = code
    this.hint = options.hint ?? ADVICE[code]
    this.details = options.details
  }
}

type SystemError = readonly [code: ErrorCode, inWords: (path: string) => string]

/** `system` codes of Node (https://nodejs.org/api/errors.html#common-system-errors) that have a code of ours, and what they mean. */
const SYSTEM_ERRORS: ReadonlyMap<unknown, SystemError> = new Map<unknown, SystemError>([
  ['ENOENT', ['file-missing', (path) => say('error-no-path', { file: path })]],
  ['EACCES', ['file-unreadable', (path) => say('error-no-access', { file: path })]],
  ['EPERM', ['file-unreadable', (path) => say('error-no-access', { file: path })]],
  ['EISDIR', ['file-unreadable', (path) => say('error-is-folder', { file: path })]],
  ['EROFS', ['output-unwritable', (path) => say('error-read-only', { file: path })]],
  ['ENOSPC', ['disk-full', (path) => say('error-drive-full', { file: path })]],
  ['EDQUOT', ['disk-full', (path) => say('error-quota', { file: path })]]
])

function fromSystem(thrown: Error): StudioError | null {
  const known = 'code' in thrown ? SYSTEM_ERRORS.get(thrown.code) : undefined
  if (!known) return null
  const [code, words] = known
  // Writing to a file that is open names no path.
  const message = 'path' in thrown && typeof thrown.path === 'string' ? words(thrown.path) : thrown.message
  return new StudioError(code, message, { cause: thrown })
}

/** Also of objects that cannot be made text, such as `{ toString: null }`. */
function inWords(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return Object.prototype.toString.call(thrown)
  }
}

/** Any thrown value as a StudioError; what is not one already becomes the cause, and the message unless it is Node's own. */
export function toStudioError(thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown
  if (!(thrown instanceof Error)) return new StudioError('internal', inWords(thrown))
  if (thrown.name === 'AbortError') return new StudioError('cancelled', say('error-cancelled'), { cause: thrown })
  return fromSystem(thrown) ?? new StudioError('internal', thrown.message, { cause: thrown })
}

const MAX_CAUSES = 8

export function serializeError(thrown: unknown, depth = 0): SerializedError {
  const error = toStudioError(thrown)
  const hasCause = error.cause !== undefined && depth < MAX_CAUSES
  return {
    code: error.code,
    message: error.message,
    hint: error.hint,
    ...(error.details ? { details: error.details } : {}),
    ...(error.stack ? { stack: error.stack } : {}),
    ...(hasCause ? { cause: serializePlainCause(error.cause, depth + 1) } : {})
  }
}

function serializePlainCause(cause: unknown, depth: number): SerializedError {
  if (cause instanceof StudioError) return serializeError(cause, depth)
  // A foreign error would otherwise wrap itself as its own cause for ever.
  const error = cause instanceof Error ? cause : new Error(inWords(cause))
  const inner = error.cause !== undefined && depth < MAX_CAUSES
  return {
    code: 'internal',
    message: error.message,
    hint: ADVICE.internal,
    ...(error.stack ? { stack: error.stack } : {}),
    ...(inner ? { cause: serializePlainCause(error.cause, depth + 1) } : {})
  }
}

export function deserializeError(wire: SerializedError): StudioError {
  const error = new StudioError(wire.code, wire.message, {
    hint: wire.hint,
    details: wire.details,
    cause: wire.cause ? deserializeError(wire.cause) : undefined
  })
  if (wire.stack) error.stack = wire.stack
  return error
}
