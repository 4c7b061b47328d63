import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import { PHOTO_KINDS, type PhotoKind, RAW_MAGICS } from '../../domain/photo-kinds.ts'
import { say } from '../../domain/sentences/say.ts'

export interface KnownFile {
  readonly kind: PhotoKind
  readonly mediaType: string
}

/**
 * Tells what a file is by its content; its name counts for nothing.
 *
 * @throws StudioError `file-missing`, `file-unreadable`, `file-empty`, `image-damaged`, `file-unsupported`
 */
export async function identifyFile(path: string): Promise<KnownFile> {
  const head = await readHead(path)
  if (head.length === 0) throw new StudioError('file-empty', say('error-file-empty'))
  const type = await fileTypeFromFile(path)
  const kind = type && PHOTO_KINDS[type.ext]
  if (type && kind) return { kind, mediaType: type.mime }
  const maker = RAW_MAGICS[magicOf(head)]
  if (maker) return { kind: 'raw', mediaType: maker }
  if (TIFF_MAGICS.includes(magicOf(head))) throw new StudioError('image-damaged', say('error-tiff-cut'))
  throw new StudioError('file-unsupported', say('error-no-photo', { content: contentOf(head, type?.mime) }))
}

/** Enough to tell a text from binary data and a drawing from other texts. */
const HEAD_BYTES = 1024

async function readHead(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (thrown) {
    throw asFileError(thrown)
  }
}

function asFileError(cause: unknown): StudioError {
  const error = toStudioError(cause)
  switch (error.code) {
    case 'file-missing':
      return new StudioError('file-missing', say('error-file-gone'), { cause })
    case 'file-unreadable':
      return new StudioError('file-unreadable', say('error-file-closed'), { cause })
    default:
      return error
  }
}

const magicOf = (head: Uint8Array) => Buffer.from(head.subarray(0, 4)).toString('latin1')

const TIFF_MAGICS: readonly string[] = ['II*\0', 'MM\0*']

function contentOf(head: Uint8Array, mediaType: string | undefined): string {
  if (/<svg[\s>]/i.test(new TextDecoder().decode(head))) return say('content-svg')
  if (mediaType) return say('content-type', { type: mediaType })
  return head.includes(0) ? say('content-unknown') : say('content-text')
}
