import { readFile } from 'node:fs/promises'
import decodeHeic from 'heic-decode'
import type { Size } from '../../domain/geometry.ts'
import type { Samples } from './device-colour.ts'
import { isSideways, turnUpright } from './orientation.ts'
import { rejectAsDamaged } from './photo-header.ts'
import type { PhotoSource } from './photo-source.ts'
import { sharp } from './sharp.ts'

/** Decoded samples in the file's own colour, upright. */
export interface DecodedSamples extends Size {
  readonly samples: Samples
  /** Channels that are colour. */
  readonly channels: number
  /** Samples of one pixel. */
  readonly stride: number
  /** Whether the sample behind the colour is opacity. */
  readonly hasAlpha: boolean
}

/**
 * Decodes a photo to no less than twice the `target` size (upright) where it is that large, so that what the decoder
 * averages in its own encoding does not show.
 *
 * @throws StudioError `image-damaged`
 */
export async function decodeSamples(source: PhotoSource, target: Size): Promise<DecodedSamples> {
  const decoded = source.kind === 'heic' ? await throughLibheif(source) : await throughSharp(source, target)
  if (source.orientation === 1) return decoded
  const { samples, stride, width, height } = decoded
  const upright = samples instanceof Uint8Array ? new Uint8Array(samples.length) : new Uint16Array(samples.length)
  turnUpright(samples, upright, decoded, stride, source.orientation)
  const sideways = isSideways(source.orientation)
  return { ...decoded, samples: upright, width: sideways ? height : width, height: sideways ? width : height }
}

async function throughSharp(source: PhotoSource, target: Size): Promise<DecodedSamples> {
  const { input, header } = source
  const deep = header.bitsPerChannel > 8
  const pipeline = sharp(input, { limitInputPixels: false, failOn: 'error', ignoreIcc: true })
  const size = decoderSize(source, target)
  if (size !== header.stored) pipeline.resize({ width: size.width, height: size.height, fit: 'fill' })
  if (header.model === 'cmyk' && header.profile !== null) pipeline.pipelineColourspace('cmyk').toColourspace('cmyk')
  else if (header.model === 'grey') pipeline.toColourspace(deep ? 'grey16' : 'b-w')
  else pipeline.toColourspace(deep ? 'rgb16' : 'srgb')
  const { data, info } = await pipeline
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(rejectAsDamaged)
  return {
    samples: deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data,
    channels: info.channels - (header.hasAlpha ? 1 : 0),
    stride: info.channels,
    hasAlpha: header.hasAlpha,
    width: info.width,
    height: info.height
  }
}

/** sharp's own build has no HEVC decoder; libheif as WebAssembly does. It knows one size only. */
async function throughLibheif({ input, header }: PhotoSource): Promise<DecodedSamples> {
  const bytes = typeof input === 'string' ? await readFile(input) : input
  const { data, width, height } = await decodeHeic({ buffer: bytes }).catch(rejectAsDamaged)
  const samples = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return { samples, channels: 3, stride: 4, hasAlpha: header.hasAlpha, width, height }
}

/** Samples are held whole; beyond this the decoder goes straight to the target size. */
const MAX_SAMPLE_BYTES = 512 * 1024 * 1024

/** The stored size that a photo is decoded to for a `target` (upright). Halves keep JPEG's and WebP's fast path. */
export function decoderSize({ kind, header, orientation }: PhotoSource, target: Size): Size {
  const { stored } = header
  if (kind === 'heic') return stored
  const wanted = isSideways(orientation) ? { width: target.height, height: target.width } : target
  let factor = 1
  while (stored.width / (factor * 2) >= 2 * wanted.width && stored.height / (factor * 2) >= 2 * wanted.height)
    factor *= 2
  const bytes = (stored.width / factor) * (stored.height / factor) * 4 * (header.bitsPerChannel > 8 ? 2 : 1)
  if (bytes > MAX_SAMPLE_BYTES) return wanted
  if (factor === 1) return stored
  return { width: Math.floor(stored.width / factor), height: Math.floor(stored.height / factor) }
}
