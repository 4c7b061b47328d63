import { EXPORT_FORMATS, type ExportFormat, type OutputProfile } from '../../domain/delivery/export-options.ts'
import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { say } from '../../domain/sentences/say.ts'
import { type PictureMetadata, withPictureMetadata } from './picture-metadata.ts'
import { createPixelBuffer, type PixelBuffer } from './pixel-buffer.ts'
import type { Raster } from './raster.ts'
import { type Sharp, sharp } from './sharp.ts'
import { writeWholeFile } from './write-file.ts'

export interface EncodeOptions {
  readonly format: ExportFormat
  /** 16 only as png or tiff. 8 bits are dithered. */
  readonly bitsPerChannel: 8 | 16
  /** Embedded; colours outside it lose chroma, not hue. */
  readonly profile: OutputProfile
  /** 1..100, jpeg, webp and avif; 95 when left out. */
  readonly quality?: number
  readonly metadata?: PictureMetadata
  readonly signal?: AbortSignal
}

/**
 * Writes a picture file: the one conversion from working colour to a display's. The file appears whole or not at all.
 *
 * @throws StudioError `disk-full`, `output-unwritable`, `option-invalid`, `cancelled`
 */
export async function encodePicture(raster: Raster, path: string, options: EncodeOptions): Promise<void> {
  requireDepth(options)
  const pixels = createPixelBuffer(raster, options.bitsPerChannel, options.profile)
  pixels.write(raster, 0)
  await save(pixels, path, options)
}

/**
 * The same for pictures too large to hold in floats: strips from top to bottom, each as wide as the picture.
 * Only integers of the whole picture are held.
 */
export async function encodeStrips(
  path: string,
  size: Size,
  options: EncodeOptions,
  strips: AsyncIterable<Raster>
): Promise<void> {
  requireDepth(options)
  const pixels = createPixelBuffer(size, options.bitsPerChannel, options.profile)
  let top = 0
  for await (const strip of strips) {
    if (options.signal?.aborted) throw cancelledBy(options.signal)
    pixels.write(strip, top)
    top += strip.height
  }
  if (top !== size.height) throw new StudioError('internal', `The strips have ${top} rows, the picture ${size.height}.`)
  await save(pixels, path, options)
}

function requireDepth({ format, bitsPerChannel }: EncodeOptions): void {
  if (bitsPerChannel > EXPORT_FORMATS[format].bits) {
    throw new StudioError('option-invalid', `${EXPORT_FORMATS[format].label} has 8 bits per channel, not 16.`, {
      hint: 'Choose PNG or TIFF for 16 bits.'
    })
  }
}

async function save(pixels: PixelBuffer, path: string, options: EncodeOptions): Promise<void> {
  // The pixels are display values already: their profile is to be attached, nothing to be converted.
  const input = sharp(pixels.tiff, { limitInputPixels: false }).keepIccProfile()
  if (options.bitsPerChannel === 16) input.toColourspace('rgb16')
  const bytes = await withPictureMetadata(inFormat(input, options), options.metadata ?? {}).toBuffer()
  if (options.signal?.aborted) throw cancelledBy(options.signal)
  await writeWholeFile(path, bytes)
}

function inFormat(input: Sharp, { format, quality = 95 }: EncodeOptions): Sharp {
  switch (format) {
    case 'png':
      // A seventh quicker than zlib's own 6, for files 2 % larger.
      return input.png({ compressionLevel: 4 })
    case 'jpeg':
      return input.jpeg({ quality, chromaSubsampling: '4:4:4' })
    case 'tiff':
      return input.tiff({ compression: 'deflate', predictor: 'horizontal' })
    case 'webp':
      return input.webp({ quality, smartSubsample: true })
    case 'avif':
      return input.avif({ quality, chromaSubsampling: '4:4:4' })
  }
}

function cancelledBy(signal: AbortSignal): StudioError {
  return new StudioError('cancelled', say('error-cancelled'), { cause: signal.reason })
}
