import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { assumedSrgb, type DeviceColour, fullScale, profiledColour, type Samples } from './device-colour.ts'
import { identifyFile } from './file-kind.ts'
import { notesOf, type PhotoHeader, readHeader, rejectAsDamaged } from './photo-header.ts'
import { createRaster, type Raster } from './raster.ts'
import { resize } from './resample.ts'
import { sharp } from './sharp.ts'

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
  const file = await identifyFile(path)
  const header = await readHeader(path)
  throwIfCancelled(options.signal)
  const target = targetSize(header.upright, options.maxLongEdge)
  const samples = await decodeSamples(path, header, target)
  throwIfCancelled(options.signal)
  const colour = await colourOf(header, samples)
  try {
    const raster = toRaster(samples, colour)
    throwIfCancelled(options.signal)
    return {
      raster: sameSize(raster, target) ? raster : resize(raster, target.width, target.height),
      original: header.upright,
      scale: Math.max(target.width, target.height) / Math.max(header.upright.width, header.upright.height),
      mediaType: file.mediaType,
      bitsPerChannel: header.bitsPerChannel,
      colourSpace: colour.name,
      notes: notesOf(header, file)
    }
  } finally {
    colour.close()
  }
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new StudioError('cancelled', 'It was cancelled.', { cause: signal.reason })
}

function targetSize({ width, height }: Size, maxLongEdge = Number.POSITIVE_INFINITY): Size {
  const scale = Math.min(1, maxLongEdge / Math.max(width, height), Math.sqrt(MAX_RASTER_PIXELS / (width * height)))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

interface DecodedSamples extends Size {
  readonly samples: Samples
  /** Samples of one pixel, alpha included. */
  readonly stride: number
  readonly hasAlpha: boolean
}

/** Decoded samples are held whole; beyond this the decoder makes the photo smaller first, in its own encoding. */
const MAX_SAMPLE_BYTES = 512 * 1024 * 1024

/** Decodes to upright samples in the file's own colour, made smaller by the decoder only where that is far from the target. */
async function decodeSamples(path: string, header: PhotoHeader, target: Size): Promise<DecodedSamples> {
  const deep = header.bitsPerChannel > 8
  const pipeline = sharp(path, {
    limitInputPixels: false,
    failOn: 'error',
    ignoreIcc: header.icc !== null,
    autoOrient: true
  })
  const preshrunk = decoderSize(header, target, deep)
  if (preshrunk !== null) pipeline.resize({ ...preshrunk, fit: 'fill' })
  if (header.model === 'cmyk' && header.icc !== null) pipeline.pipelineColourspace('cmyk').toColourspace('cmyk')
  else if (header.model === 'grey') pipeline.toColourspace(deep ? 'grey16' : 'b-w')
  else pipeline.toColourspace(deep ? 'rgb16' : 'srgb')
  const { data, info } = await pipeline
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(rejectAsDamaged)
  return {
    samples: deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data,
    stride: info.channels,
    hasAlpha: header.hasAlpha,
    width: info.width,
    height: info.height
  }
}

/** The upright size the decoder is asked for, or null for its own. Halves keep JPEG's and WebP's fast path. */
function decoderSize(header: PhotoHeader, target: Size, deep: boolean): Size | null {
  const { width, height } = header.upright
  let factor = 1
  // What is left for linear light is at least a factor of two, so that the decoder's gamma-encoded mean does not show.
  while (width / (factor * 2) >= 2 * target.width && height / (factor * 2) >= 2 * target.height) factor *= 2
  const bytes = (width / factor) * (height / factor) * 4 * (deep ? 2 : 1)
  if (bytes > MAX_SAMPLE_BYTES) return target
  return factor === 1 ? null : { width: Math.floor(width / factor), height: Math.floor(height / factor) }
}

async function colourOf(header: PhotoHeader, decoded: DecodedSamples): Promise<DeviceColour> {
  const bits = decoded.samples instanceof Uint8Array ? 8 : 16
  const channels = decoded.stride - (decoded.hasAlpha ? 1 : 0)
  const space = channels === 1 ? 'GRAY' : channels === 4 ? 'CMYK' : 'RGB'
  const profiled = header.icc === null ? null : await profiledColour(header.icc, space, bits)
  return profiled ?? assumedSrgb(channels, bits)
}

/** Linear light that transparent parts are laid on: a middle grey, L* 50. */
const BACKING = 0.184

function toRaster(decoded: DecodedSamples, colour: DeviceColour): Raster {
  const { samples, stride, width, height } = decoded
  const raster = createRaster(width, height, 3)
  for (let y = 0; y < height; y++) {
    const line = raster.data.subarray(y * width * 3, (y + 1) * width * 3)
    const from = y * width * stride
    colour.convert(samples, from, stride, width, line)
    if (decoded.hasAlpha) layOnGrey(line, samples, from, stride)
  }
  return raster
}

function layOnGrey(line: Float32Array, samples: Samples, from: number, stride: number): void {
  const scale = 1 / fullScale(samples)
  for (let at = 0, alphaAt = from + stride - 1; at < line.length; at += 3, alphaAt += stride) {
    const alpha = (samples[alphaAt] ?? 0) * scale
    if (alpha === 1) continue
    const rest = BACKING * (1 - alpha)
    line[at] = (line[at] ?? 0) * alpha + rest
    line[at + 1] = (line[at + 1] ?? 0) * alpha + rest
    line[at + 2] = (line[at + 2] ?? 0) * alpha + rest
  }
}
