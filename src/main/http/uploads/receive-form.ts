import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { type ErrorCode, StudioError, toStudioError } from '../../../domain/errors.ts'
import type { ArtifactStore, StoredArtifact } from '../../store/artifact-store.ts'
import type { HttpSettings } from '../http-settings.ts'
import { checkedPhoto } from './checked-photo.ts'

export interface ReceivedFile {
  /** Name of the part. */
  readonly field: string
  /** As the sender calls it, without a path. */
  readonly name: string
  readonly stored: StoredArtifact
}

export interface ReceivedForm {
  readonly files: readonly ReceivedFile[]
  /** Texts by the name of their part, in their order. */
  readonly fields: ReadonlyMap<string, readonly string[]>
}

export interface FormReceiver {
  readonly artifacts: Pick<ArtifactStore, 'put'>
  readonly settings: HttpSettings
  /** Names of the parts that are photos; any other file is refused. */
  readonly photoFields: ReadonlySet<string>
}

/**
 * Reads a form part by part. Photos go straight into the store, none is held in memory; nothing stays of one that is
 * refused or cut off. A photo of a form that turns out wrong later is left to the store's sweep.
 * @throws StudioError `request-invalid`, `request-too-large`, `request-timeout`, `media-type-unsupported`, and of `checkedPhoto`
 */
export async function receiveForm(request: FastifyRequest, receiver: FormReceiver): Promise<ReceivedForm> {
  if (!request.isMultipart()) {
    throw new StudioError('media-type-unsupported', 'Send a form of the type multipart/form-data.')
  }
  const cutOff = new AbortController()
  const storing = { isPhoto: false }
  const stalled = stallOf(request.raw, receiver.settings.stallMs, storing, cutOff.signal)
  const received = readParts(request, receiver, storing, cutOff.signal)
  try {
    return await Promise.race([received, stalled])
  } catch (thrown) {
    throw asFormError(thrown)
  } finally {
    // Ends what is still being stored; whoever waits for nothing more must not be told of it.
    cutOff.abort(new StudioError('cancelled', 'The upload has ended.'))
    received.catch(() => undefined)
    stalled.catch(() => undefined)
  }
}

/** Whether a photo is on its way into the store, which may take its time. */
interface Storing {
  isPhoto: boolean
}

/**
 * Rejects once nothing has moved for too long, or the sender has gone. That what has come is not taken is the store's
 * slowness while a photo is stored; else the parser, which some broken parts bring to a halt.
 * @throws StudioError `request-timeout`, `cancelled`, `request-invalid`
 */
function stallOf(incoming: IncomingMessage, stallMs: number, storing: Storing, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const look = () => {
      const isSenders = !incoming.readableEnded && !incoming.isPaused()
      if (isSenders) {
        reject(new StudioError('request-timeout', `Nothing came for ${stallMs / 1000} seconds.`))
      } else if (storing.isPhoto) {
        timer.refresh()
      } else {
        reject(new StudioError('request-invalid', 'The form cannot be read: one of its parts has no name or no end.'))
      }
    }
    const timer = setTimeout(look, stallMs)
    const onData = () => timer.refresh()
    const onClose = () => {
      if (!incoming.complete) reject(new StudioError('cancelled', 'The sender has gone.'))
    }
    incoming.on('data', onData)
    incoming.once('close', onClose)
    over.addEventListener('abort', () => {
      clearTimeout(timer)
      incoming.off('data', onData).off('close', onClose)
    })
  })
}

async function readParts(
  request: FastifyRequest,
  { artifacts, photoFields }: FormReceiver,
  storing: Storing,
  signal: AbortSignal
): Promise<ReceivedForm> {
  const files: ReceivedFile[] = []
  const fields = new Map<string, string[]>()
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.fieldnameTruncated || part.valueTruncated) {
        throw new StudioError('request-too-large', `The field "${part.fieldname}" is too long.`)
      }
      fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), textOf(part.value)])
      continue
    }
    if (!photoFields.has(part.fieldname)) {
      throw new StudioError('request-invalid', `A file came as "${part.fieldname}", which takes none.`)
    }
    const name = plainName(part.filename)
    const chunks = checkedPhoto(part.file, name)
    // Whoever waits for more of a photo that stops coming is told, and lets go of what was written.
    const cut = () => part.file.destroy(toStudioError(signal.reason))
    signal.addEventListener('abort', cut)
    storing.isPhoto = true
    const stored = await artifacts.put(whole(chunks, part.file, name), signal)
    storing.isPhoto = false
    signal.removeEventListener('abort', cut)
    files.push({ field: part.fieldname, name, stored })
  }
  return { files, fields }
}

/**
 * @throws StudioError `request-too-large` at the end of what was cut at the limit, and `request-invalid` of a form that ends
 *   within the photo: it is stored whole or not at all.
 */
async function* whole(
  chunks: AsyncIterable<Uint8Array>,
  file: { readonly truncated: boolean; readonly bytesRead: number },
  name: string
): AsyncIterable<Uint8Array> {
  try {
    yield* chunks
  } catch (thrown) {
    throw asFormError(thrown)
  }
  if (file.truncated) throw new StudioError('request-too-large', `"${name}" has more bytes than this server takes.`)
}

/** A part said to be JSON has been parsed on its way. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const LONGEST_NAME = 255

function plainName(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const plain = last.replace(/[\u0000-\u001f\u007f]/g, '').trim()
  return plain.slice(0, LONGEST_NAME) || 'photo'
}

/** By codes of @fastify/multipart. */
const FORM_ERRORS: Readonly<Record<string, ErrorCode>> = {
  FST_PARTS_LIMIT: 'request-too-large',
  FST_FILES_LIMIT: 'request-too-large',
  FST_FIELDS_LIMIT: 'request-too-large',
  FST_REQ_FILE_TOO_LARGE: 'request-too-large',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'media-type-unsupported',
  FST_MP_PREMATURE_CLOSE: 'cancelled'
}

/** What the parser of forms throws besides is that this is none. */
function asFormError(thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const code = 'code' in error && typeof error.code === 'string' ? FORM_ERRORS[error.code] : undefined
  return new StudioError(code ?? 'request-invalid', `The form cannot be read: ${error.message}.`, { cause: thrown })
}
