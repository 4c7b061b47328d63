import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { KnownFile } from './file-kind.ts'
import { type Metadata, sharp } from './sharp.ts'

/** Samples of one pixel: grey, RGB or CMYK, less alpha. Anything else is turned into RGB by the decoder. */
export type SampleModel = 'grey' | 'rgb' | 'cmyk'

/** What a photo's header says; no pixel has been decoded. */
export interface PhotoHeader {
  /** As stored. */
  readonly stored: Size
  /** As seen, orientation applied. */
  readonly upright: Size
  /** EXIF orientation, 1..8. */
  readonly orientation: number
  readonly model: SampleModel
  readonly bitsPerChannel: number
  readonly hasAlpha: boolean
  readonly icc: Uint8Array | null
  /** Frames or pages. */
  readonly pages: number
}

/** A little over 150 megapixels, so that the largest camera backs (14204 × 10652) fit. */
export const MAX_PIXELS = 160_000_000
/** Of the shorter edge; a head in less has nothing to work with. */
export const MIN_EDGE = 64

const MODELS: Readonly<Record<string, SampleModel>> = { 'b-w': 'grey', grey16: 'grey', cmyk: 'cmyk' }

/**
 * Reads the header of a photo that sharp can open, and checks its limits.
 *
 * @param input path or the bytes of a whole file
 * @throws StudioError `image-damaged`, `image-too-large`, `image-too-small`
 */
export async function readHeader(input: string | Uint8Array): Promise<PhotoHeader> {
  const metadata = await sharp(input, { limitInputPixels: false }).metadata().catch(rejectAsDamaged)
  const stored = { width: metadata.width, height: metadata.pageHeight ?? metadata.height }
  requireUsableSize(stored)
  const orientation = metadata.orientation ?? 1
  return {
    stored,
    upright: orientation >= 5 ? { width: stored.height, height: stored.width } : stored,
    orientation,
    model: MODELS[metadata.space] ?? 'rgb',
    bitsPerChannel: bitsOf(metadata),
    hasAlpha: metadata.hasAlpha,
    icc: metadata.icc ?? null,
    pages: metadata.pages ?? 1
  }
}

export function requireUsableSize({ width, height }: Size): void {
  if (!(width > 0 && height > 0)) throw new StudioError('image-damaged', 'The photo has no pixels.')
  if (width * height > MAX_PIXELS) {
    const megapixels = Math.round((width * height) / 1e6)
    throw new StudioError('image-too-large', `The photo has ${megapixels} megapixels (${width} × ${height}).`)
  }
  if (Math.min(width, height) < MIN_EDGE) {
    throw new StudioError('image-too-small', `The photo has only ${width} × ${height} pixels.`)
  }
}

export function rejectAsDamaged(cause: unknown): never {
  throw new StudioError('image-damaged', 'The photo cannot be decoded.', { cause })
}

const BITS_OF_DEPTH: Readonly<Record<string, number>> = { uchar: 8, char: 8, ushort: 16, short: 16 }

function bitsOf(metadata: Metadata): number {
  return metadata.bitsPerSample ?? BITS_OF_DEPTH[metadata.depth] ?? 32
}

/** Told to the photographer. */
export function notesOf(header: PhotoHeader, { kind }: KnownFile): string[] {
  const notes: string[] = []
  if (header.pages > 1) notes.push(kind === 'tiff' ? 'only the first page is used' : 'only the first frame is used')
  if (header.hasAlpha) notes.push('transparent parts are laid on grey')
  if (header.bitsPerChannel > 16) notes.push('values beyond 16 bits are rounded')
  return notes
}
