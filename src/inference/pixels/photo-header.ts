import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { LEAST_PHOTO_EDGE, MOST_PHOTO_PIXELS } from '../../domain/photo-kinds.ts'
import { say } from '../../domain/sentences/say.ts'
import { openProfile } from './icc.ts'
import { type Metadata, sharp } from './sharp.ts'
import { colourOfExif } from './stated-colour.ts'

/** Samples of one pixel: grey, RGB or CMYK, less alpha. Anything else is turned into RGB by the decoder. */
export type SampleModel = 'grey' | 'rgb' | 'cmyk'

/** An ICC profile, embedded or made of what the file states otherwise. */
export interface PhotoProfile {
  readonly icc: Uint8Array
  readonly description: string
  /** The file holds it as it is. */
  readonly embedded: boolean
}

/** What a photo's header says; no pixel has been decoded. */
export interface PhotoHeader {
  /** As stored. */
  readonly stored: Size
  /** EXIF orientation, 1..8, or null where none is given. */
  readonly orientation: number | null
  readonly model: SampleModel
  readonly bitsPerChannel: number
  readonly hasAlpha: boolean
  /** Null where the file has none, or it is broken or for another kind of samples. */
  readonly profile: PhotoProfile | null
  readonly brokenProfile: boolean
  /** Frames or pages. */
  readonly pages: number
}

const MODELS: Readonly<Record<string, SampleModel>> = { 'b-w': 'grey', grey16: 'grey', cmyk: 'cmyk' }

/**
 * Reads the header of a photo that sharp can open, and checks its limits.
 *
 * @param input path or the bytes of a whole file
 * @throws StudioError `image-damaged`, `image-too-large`, `image-too-small`
 */
export async function readHeader(input: string | Uint8Array): Promise<PhotoHeader> {
  const metadata = await sharp(input, { limitInputPixels: false }).metadata().catch(rejectAsDamaged)
  const model = MODELS[metadata.space] ?? 'rgb'
  const profile = metadata.icc ? await usableProfile(metadata.icc, model) : null
  const stated = metadata.exif && !metadata.icc && model === 'rgb' ? colourOfExif(metadata.exif) : null
  const stored = { width: metadata.width, height: metadata.pageHeight ?? metadata.height }
  requireUsableSize(stored)
  return {
    stored,
    orientation: metadata.orientation ?? null,
    model,
    bitsPerChannel: bitsOf(metadata),
    hasAlpha: metadata.hasAlpha,
    profile: profile ?? stated,
    brokenProfile: metadata.icc !== undefined && profile === null,
    pages: metadata.pages ?? 1
  }
}

/** The profile's space that fits samples of each model. */
export const PROFILE_SPACES = { grey: 'GRAY', rgb: 'RGB', cmyk: 'CMYK' } as const

async function usableProfile(icc: Uint8Array, model: SampleModel): Promise<PhotoProfile | null> {
  const profile = await openProfile(icc)
  profile?.close()
  return profile?.space === PROFILE_SPACES[model] ? { icc, description: profile.description, embedded: true } : null
}

export function requireUsableSize({ width, height }: Size): void {
  if (!(width > 0 && height > 0)) throw new StudioError('image-damaged', say('error-no-pixels'))
  if (width * height > MOST_PHOTO_PIXELS) {
    const megapixels = Math.round((width * height) / 1e6)
    throw new StudioError('image-too-large', say('error-too-large', { megapixels, size: `${width} × ${height}` }))
  }
  if (Math.min(width, height) < LEAST_PHOTO_EDGE) {
    throw new StudioError('image-too-small', say('error-too-small', { size: `${width} × ${height}` }))
  }
}

export function rejectAsDamaged(cause: unknown): never {
  throw new StudioError('image-damaged', say('error-not-decoded'), { cause })
}

const BITS_OF_DEPTH: Readonly<Record<string, number>> = { uchar: 8, char: 8, ushort: 16, short: 16 }

function bitsOf(metadata: Metadata): number {
  return metadata.bitsPerSample ?? BITS_OF_DEPTH[metadata.depth] ?? 32
}

/** The colour space as it is told to the photographer. */
export function colourSpaceOf({ profile, model }: PhotoHeader): string {
  if (profile) return profile.description
  return say(model === 'cmyk' ? 'photo-assumed-cmyk' : 'photo-assumed-srgb')
}
