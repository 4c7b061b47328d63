import { z } from 'zod'

/**
 * Every way the studio can fail, each with the advice shown when the place that raised it gave none.
 * Codes are stable: REST clients, scripts and translations depend on them. Add, never rename.
 */
const ADVICE = {
  // input
  'file-missing': 'Check the path and that the drive is connected.',
  'file-unreadable': 'Check the permissions of the file, or copy it to another folder.',
  'file-empty': 'The file has no content. Copy it again from the camera or the source.',
  'file-unsupported': 'Export the photo as JPEG, PNG, TIFF or WebP and use that file.',
  'image-damaged': 'The file is truncated or damaged. Copy it again from the camera or the source.',
  'image-too-large': 'Export the photo at 150 megapixels or less.',
  'image-too-small': 'Use a photo of at least 64 pixels on each side.',
  'face-none': 'Use a photo in which the face is visible and turned towards the camera.',
  'face-several': 'Choose the person with --face N, or crop the photo to one person.',
  'face-too-small': 'Use a photo taken closer, in which the face is at least 64 pixels wide.',
  'face-choice-invalid': 'Choose one of the faces that are listed for this photo.',
  'photo-unsuitable': 'Use a sharp, evenly lit photo of one person that shows head and shoulders.',
  'parameters-invalid': 'Use one of the values that are listed, or free text where it is allowed.',
  'option-invalid': 'Run the command with --help to see what it takes.',
  'environment-invalid': 'Correct the variable, or leave it out. See: apex-studio config',
  // output
  'output-unwritable': 'Choose another output folder, or make this one writable.',
  'disk-full': 'Free some space on the drive, then resume the job.',
  // engines
  'engine-unknown': 'Choose one of the engines that doctor lists.',
  'engine-unavailable': 'The job waits and goes on by itself when the engine answers again.',
  'engine-without-worker':
    'The job goes on by itself once a worker with that engine runs. To have it sooner, order it again with another engine.',
  'engine-crashed': 'The step is tried again in a fresh process. Run doctor if it happens again.',
  'engine-out-of-memory': 'Close other programs, or choose a smaller resolution.',
  'engine-timeout': 'The machine may be overloaded. The step is tried again.',
  'engine-protocol': 'The studio and its engine do not match. Reinstall the studio.',
  'engine-refused': 'Choose another engine for this order, or another model on the server.',
  'engine-output-invalid': 'The engine made an empty or broken picture. It is tried again.',
  'model-missing': 'Run `npm run models` to build the built-in models.',
  'model-damaged': 'Delete the model folder and run `npm run models` again.',
  'model-unsupported': 'Install the pinned versions with `npm ci`, then run `npm run models` again.',
  'place-missing': 'Run `npm run places` to build the built-in places.',
  'place-damaged': 'Delete the places folder and run `npm run places` again.',
  // models to install
  'model-unknown': 'List the models to see which there are: apex-studio models list.',
  'model-not-installed': 'Install it first: apex-studio models pull ID.',
  'model-licence': 'Read the licence, then accept it: with --accept-licence, or in the studio under Settings, Models.',
  'model-unfit': 'Choose a smaller model, or install this one all the same with --anyway.',
  'model-gated':
    'Accept the terms on the page of the model with your account there, and set HF_TOKEN to a token of it.',
  'model-withdrawn': 'The hub no longer has it. Choose another model, or import a folder that you have.',
  'model-busy': 'Wait until that has ended, or stop it there.',
  'model-folder-unfit': 'Choose the folder that holds the files of the model itself, as the hub lists them.',
  'model-catalogue-damaged': 'Correct the file, or take it away.',
  'hub-unreachable': 'Check the connection, HF_ENDPOINT and proxies, then pull again: it goes on where it stopped.',
  'hub-busy': 'Wait some minutes, then pull again: it goes on where it stopped. With HF_TOKEN the hub allows more.',
  'hub-refused': 'Pull again later: it goes on where it stopped. Check HF_ENDPOINT and HF_TOKEN if it happens again.',
  'hub-answer-invalid': 'Check that HF_ENDPOINT is a Hugging Face hub, and that no proxy answers in its place.',
  'download-damaged': 'The hub or a proxy on the way delivers wrong bytes. Pull again later, or over another network.',
  'prompt-invalid': 'Correct your copy of the template, or run: apex-studio prompts reset NAME',
  // jobs
  'job-missing': 'List the jobs to see which exist.',
  'job-state': 'The job is not in a state that allows this.',
  'job-claims-exhausted': 'Its engine ended too often while working on it. Run doctor, then resume the job.',
  'lease-lost': 'Another worker has taken the job over; nothing needs to be done.',
  // studio
  'call-unknown': 'The page and the studio do not match. Reinstall the studio, or reload the page.',
  'call-invalid': 'The studio was asked for something it does not understand. Please report it.',
  'call-refused': 'Only the window of the studio itself may ask for this.',
  'desktop-only': 'Use the desktop studio for this.',
  'studio-unreachable': 'The page goes on by itself when the studio answers again. Check that its machine is on.',
  'browser-unknown':
    'Open a new link, or scan a new code, from the studio’s settings under Browser. Each works once, for ten minutes.',
  'server-off': 'Switch it on in the settings of the studio’s window, under Browser.',
  'photo-missing': 'The photo was removed. Import it again.',
  'subject-missing': 'The person was removed. Restore them from the bin, or import the photo again.',
  'preset-missing': 'The preset was removed. Choose another one.',
  'preset-unreadable': 'Choose a file of presets that this studio, or one of the same version, has written.',
  'picks-unreadable': 'Choose the file that the page of a proofing bundle has saved.',
  'watch-folder-missing': 'The folder is no longer watched. Add it again.',
  'folder-unreadable': 'Check that the folder is there and that you may read it.',
  cancelled: 'Resume the job to go on where it stopped.',
  // http
  'request-invalid': 'Compare the request with the description at /openapi.json.',
  'request-too-large': 'Send a smaller request; the limits are in the documentation of the REST mode.',
  'request-timeout': 'Send the request again over a faster or steadier connection.',
  'media-type-unsupported': 'Send the content type that /openapi.json lists for this address.',
  'not-acceptable': 'Ask for one of the media types that /openapi.json lists for this address.',
  'address-unknown': 'Compare the address with the description at /openapi.json.',
  'method-not-allowed': 'Use one of the methods that the header Allow lists.',
  'key-missing': 'Send an API key as "Authorization: Bearer KEY". Make one with: apex-studio keys add NAME.',
  'key-refused': 'Use a key that has not been revoked and has the scope this takes.',
  'key-unknown': 'List the keys to see which exist: apex-studio keys list.',
  'keys-required': 'Make a key first with: apex-studio keys add NAME. Or listen on 127.0.0.1 only.',
  'host-refused': 'Use the address the server was started with, or start it with --allow-host NAME.',
  'origin-refused': 'Pages of other sites may not use the studio. Open it at its own address.',
  'too-many-requests': 'Wait for as long as the header Retry-After says.',
  'queue-full': 'Wait until jobs have ended, then send this one again.',
  'idempotency-conflict': 'Use a fresh Idempotency-Key for another order.',
  'webhook-missing': 'List the webhooks to see which exist.',
  'webhook-refused': 'Use an address that anybody can reach, or start the server with APEX_PRIVATE_WEBHOOKS=yes.',
  'webhook-failed': 'It is sent again later, ever less often.',
  'address-in-use': 'Choose another port with --port, or stop the program that uses this one.',
  // store
  'store-unavailable': 'Check that the database can be reached and that its drive has space.',
  'store-damaged': 'Restore the store from a backup, or move it aside to start with an empty one.',
  'store-locked': 'Another studio uses this store. Close it, or choose another data folder.',
  'store-too-new': 'The store was written by a newer studio. Update this one.',
  'document-exists': 'This is already in the store; nothing needs to be done.',
  'artifact-missing': 'The picture was removed from the store. Run the job again.',
  'artifact-damaged': 'The picture does not match its checksum. Run the job again.',
  internal: 'This is a fault of the studio. Please report it with the log.'
} as const satisfies Record<string, string>

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
  ['ENOENT', ['file-missing', (path) => `There is no "${path}".`]],
  ['EACCES', ['file-unreadable', (path) => `The system does not allow access to "${path}".`]],
  ['EPERM', ['file-unreadable', (path) => `The system does not allow access to "${path}".`]],
  ['EISDIR', ['file-unreadable', (path) => `"${path}" is a folder.`]],
  ['EROFS', ['output-unwritable', (path) => `The drive of "${path}" is read-only.`]],
  ['ENOSPC', ['disk-full', (path) => `The drive of "${path}" is full.`]],
  ['EDQUOT', ['disk-full', (path) => `There is no more room for you on the drive of "${path}".`]]
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
  if (thrown.name === 'AbortError') return new StudioError('cancelled', 'It was cancelled.', { cause: thrown })
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
