import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { type DecodedSamples, decodeSamples } from './decode-samples.ts'
import { assumedSrgb, type DeviceColour, fullScale, profiledColour, type Samples } from './device-colour.ts'
import { colourSpaceOf, type PhotoHeader, PROFILE_SPACES } from './photo-header.ts'
import { openPhoto } from './photo-source.ts'
import { createRaster, type Raster } from './raster.ts'
import { resize } from './resample.ts'

export interface DecodeOptions {
  /** Pixels the longer edge of the raster has at most; the photo is never enlarged. */
  readonly maxLongEdge?: number
  readonly signal?: AbortSignal
}

export interface DecodedPhoto {
  /** Upright, linear Rec. 2020. */
  readonly raster: Raster
  /** Size of the upright photo itself. */
  readonly original: Size
  /** Raster pixels per pixel of the original, at most 1. */
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
  const target = targetSize(source.upright, options.maxLongEdge)
  const samples = await decodeSamples(source, target)
  throwIfCancelled(signal)
  const colour = await colourOf(source.header, samples)
  const { raster, seeThrough } = toRaster(samples, colour)
  colour.close()
  throwIfCancelled(signal)
  return {
    raster: sameSize(raster, target) ? raster : resize(raster, target.width, target.height),
    original: source.upright,
    scale: Math.max(target.width, target.height) / Math.max(source.upright.width, source.upright.height),
    mediaType: source.mediaType,
    bitsPerChannel: source.header.bitsPerChannel,
    colourSpace: colourSpaceOf(source.header),
    notes: seeThrough ? [...source.notes, 'transparent parts are laid on grey'] : source.notes
  }
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new StudioError('cancelled', 'It was cancelled.', { cause: signal.reason })
}

function targetSize({ width, height }: Size, maxLongEdge = Number.POSITIVE_INFINITY): Size {
  const scale = Math.min(1, maxLongEdge / Math.max(width, height), Math.sqrt(MAX_RASTER_PIXELS / (width * height)))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height
}

async function colourOf(header: PhotoHeader, { samples, channels }: DecodedSamples): Promise<DeviceColour> {
  const bits = samples instanceof Uint8Array ? 8 : 16
  const { profile, model } = header
  return profile ? await profiledColour(profile.icc, PROFILE_SPACES[model], bits) : assumedSrgb(channels, bits)
}

function toRaster(decoded: DecodedSamples, colour: DeviceColour): { raster: Raster; seeThrough: boolean } {
  const { samples, stride, width, height } = decoded
  const raster = createRaster(width, height, 3)
  colour.convert(samples, stride, width * height, raster.data)
  return { raster, seeThrough: decoded.hasAlpha && layOnGrey(raster.data, samples, stride) }
}

/** Linear light that transparent parts are laid on: the middle grey of L* 50. */
export const BACKING = 0.184

/** Returns whether anything was transparent. */
function layOnGrey(line: Float32Array, samples: Samples, stride: number): boolean {
  const full = fullScale(samples)
  let seeThrough = false
  for (let at = 0, alphaAt = stride - 1; at < line.length; at += 3, alphaAt += stride) {
    const alpha = (samples[alphaAt] ?? 0) / full
    if (alpha === 1) continue
    seeThrough = true
    const rest = BACKING * (1 - alpha)
    line[at] = (line[at] ?? 0) * alpha + rest
    line[at + 1] = (line[at + 1] ?? 0) * alpha + rest
    line[at + 2] = (line[at + 2] ?? 0) * alpha + rest
  }
  return seeThrough
}
