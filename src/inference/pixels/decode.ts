import { StudioError } from '../../domain/errors.ts'
import type { Box, Size } from '../../domain/geometry.ts'
import { say } from '../../domain/sentences/say.ts'
import { isFrugal } from '../runtime/frugality.ts'
import { type DecodedSamples, decoderSize, decodeSamples } from './decode-samples.ts'
import { assumedSrgb, type DeviceColour, profiledColour } from './device-colour.ts'
import { fileKey } from './file-key.ts'
import { colourSpaceOf, type PhotoHeader, PROFILE_SPACES } from './photo-header.ts'
import { openPhoto, type PhotoSource } from './photo-source.ts'
import type { Raster } from './raster.ts'
import { readSamples } from './read-samples.ts'

export interface DecodeOptions {
  /** Pixels the longer edge of the raster has at most; the photo is never enlarged. */
  readonly maxLongEdge?: number
  /** Only this part of the raster is made: whole pixels, inside it. */
  readonly part?: Box
  readonly signal?: AbortSignal
}

export interface DecodedPhoto {
  /** Upright, linear Rec. 2020; the part that was asked for. */
  readonly raster: Raster
  /** Size of the upright photo itself. */
  readonly original: Size
  /** Pixels of the whole raster per pixel of the original, at most 1. */
  readonly scale: number
  readonly mediaType: string
  readonly bitsPerChannel: number
  /** Description of the embedded ICC profile, or the space assumed where there is none. */
  readonly colourSpace: string
  /** Said to the photographer. */
  readonly notes: readonly string[]
}

/** Float pixels a photo is decoded to at most, so that one takes at most 600 MB: larger ones come smaller. */
const MAX_RASTER_PIXELS = 50_000_000

/**
 * Decodes a photo into working colour, upright, its embedded profile honoured without a detour through sRGB.
 * The last factor of two or more in size is resampled in linear light.
 *
 * @throws StudioError `file-missing`, `file-unreadable`, `file-empty`, `file-unsupported`, `image-damaged`,
 * `image-too-large`, `image-too-small`, `cancelled`
 */
export async function decodePhoto(path: string, options: DecodeOptions = {}): Promise<DecodedPhoto> {
  const { signal } = options
  const source = await openPhoto(path)
  throwIfCancelled(signal)
  const target = decodedSize(source.upright, options.maxLongEdge)
  const samples = await openSamples(path, source, target)
  throwIfCancelled(signal)
  const colour = await colourOf(source.header, samples)
  const { raster, seeThrough } = readSamples(samples, colour, target, options.part)
  colour.close()
  throwIfCancelled(signal)
  return {
    raster,
    original: source.upright,
    scale: Math.max(target.width, target.height) / Math.max(source.upright.width, source.upright.height),
    mediaType: source.mediaType,
    bitsPerChannel: source.header.bitsPerChannel,
    colourSpace: colourSpaceOf(source.header),
    notes: seeThrough ? [...source.notes, 'transparent parts are laid on grey'] : source.notes
  }
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new StudioError('cancelled', say('error-cancelled'), { cause: signal.reason })
}

/** Size of the raster that a photo of the size `original` is decoded to. */
export function decodedSize({ width, height }: Size, maxLongEdge = Number.POSITIVE_INFINITY): Size {
  const scale = Math.min(1, maxLongEdge / Math.max(width, height), Math.sqrt(MAX_RASTER_PIXELS / (width * height)))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** What the decoder gave last of a photo that was wanted smaller: it is looked at whole first, and then closely. */
let last: { readonly key: string; readonly samples: DecodedSamples } | undefined
/** Samples that are not worth their memory beyond this. */
const MOST_KEPT_BYTES = 80_000_000

async function openSamples(path: string, source: PhotoSource, target: Size): Promise<DecodedSamples> {
  const { width, height } = decoderSize(source, target)
  const key = [await fileKey(path), width, height].join('\n')
  if (last?.key === key) return last.samples
  if (Math.max(width, height) <= Math.max(target.width, target.height)) return decodeSamples(source, target)
  last = undefined
  const samples = await decodeSamples(source, target)
  if (samples.samples.byteLength <= MOST_KEPT_BYTES && !isFrugal()) last = { key, samples }
  return samples
}

async function colourOf(header: PhotoHeader, { samples, channels }: DecodedSamples): Promise<DeviceColour> {
  const bits = samples instanceof Uint8Array ? 8 : 16
  const { profile, model } = header
  return profile ? await profiledColour(profile.icc, PROFILE_SPACES[model], bits) : assumedSrgb(channels, bits)
}
