import { open, readFile, stat } from 'node:fs/promises'
import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { PhotoKind } from '../../domain/photo-kinds.ts'
import { say } from '../../domain/sentences/say.ts'
import { identifyFile } from './file-kind.ts'
import { isSideways } from './orientation.ts'
import { type PhotoHeader, readHeader } from './photo-header.ts'
import { containerOrientation, findPreview } from './raw-preview.ts'
import { colourOfHeif } from './stated-colour.ts'
import { isRawDirectory, readDirectory } from './tiff-directory.ts'

/** A photo file, looked into but not decoded. */
export interface PhotoSource {
  readonly kind: PhotoKind
  readonly mediaType: string
  /** What holds the pixels: the path of the file, its bytes, or the preview inside it. */
  readonly input: string | Uint8Array
  readonly header: PhotoHeader
  /** EXIF orientation, 1..8, that is still to be applied. */
  readonly orientation: number
  /** Of the upright photo. */
  readonly upright: Size
  /** Said to the photographer. */
  readonly notes: readonly string[]
}

/**
 * @throws StudioError `file-missing`, `file-unreadable`, `file-empty`, `file-unsupported`, `image-damaged`,
 * `image-too-large`, `image-too-small`
 */
export async function openPhoto(path: string): Promise<PhotoSource> {
  const file = await identifyFile(path)
  const kind = file.kind === 'tiff' && (await isRawTiff(path)) ? 'raw' : file.kind
  if (kind === 'raw') return openRaw(path, file.mediaType)
  const input = await readSmall(path)
  const header = await readHeader(input)
  const stated =
    header.profile === null && (kind === 'heic' || kind === 'avif') ? colourOfHeif(await readHead(path)) : null
  // The HEIC decoder turns the picture upright by itself.
  const orientation = kind === 'heic' ? 1 : (header.orientation ?? 1)
  return {
    kind,
    mediaType: file.mediaType,
    input,
    header: stated ? { ...header, profile: stated } : header,
    orientation,
    upright: uprightSize(header.stored, orientation),
    notes: notesOf(kind, header)
  }
}

/** Photos of cameras are smaller; a scan may be as large as memory. */
const READ_WHOLE_BYTES = 64 * 1024 * 1024

/**
 * The bytes of a file that is not too large for that, else its path. The WebAssembly build of sharp reads a file piece by
 * piece through another thread: given the bytes it decodes a photo in two thirds of the time.
 */
async function readSmall(path: string): Promise<string | Uint8Array> {
  const { size } = await stat(path)
  return size <= READ_WHOLE_BYTES ? await readFile(path) : path
}

async function openRaw(path: string, mediaType: string): Promise<PhotoSource> {
  const bytes = await readFile(path)
  const preview = findPreview(bytes)
  if (preview === null) {
    throw new StudioError('file-unsupported', say('error-raw-preview'), {
      hint: say('hint-develop-raw')
    })
  }
  const header = await readHeader(preview.jpeg)
  const orientation = header.orientation ?? containerOrientation(bytes) ?? 1
  const note = say('photo-raw-preview', { size: `${preview.width} × ${preview.height}` })
  return {
    kind: 'raw',
    mediaType,
    input: preview.jpeg,
    header,
    orientation,
    upright: uprightSize(header.stored, orientation),
    notes: [note]
  }
}

function uprightSize({ width, height }: Size, orientation: number): Size {
  return isSideways(orientation) ? { width: height, height: width } : { width, height }
}

async function isRawTiff(path: string): Promise<boolean> {
  const directory = readDirectory(await readHead(path))
  return directory !== null && isRawDirectory(directory)
}

/** Where cameras put the first directory, and HEIF its boxes: right behind the header. */
const HEAD_BYTES = 64 * 1024

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function notesOf(kind: PhotoKind, header: PhotoHeader): string[] {
  const notes: string[] = []
  if (header.pages > 1) notes.push(say(kind === 'tiff' ? 'photo-first-page' : 'photo-first-frame'))
  if (kind === 'heic' && header.bitsPerChannel > 8) notes.push(say('photo-heic-8-bits'))
  if (header.bitsPerChannel > 16) notes.push(say('photo-16-bits'))
  if (header.brokenProfile) notes.push(say('photo-broken-profile'))
  if (header.model === 'cmyk' && header.profile === null) notes.push(say('photo-cmyk-unstated'))
  return notes
}
