import { stat } from 'node:fs/promises'
import { EXPORT_FORMATS } from '../../domain/delivery/export-options.ts'
import type { ExportedPicture, ExportPictureRequest } from '../../domain/delivery/export-picture.ts'
import { planExportSize } from '../../domain/delivery/export-size.ts'
import type { CallContext } from '../../domain/progress.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { encodePicture } from '../pixels/encode.ts'
import type { PictureMetadata } from '../pixels/picture-metadata.ts'
import { resize } from '../pixels/resample.ts'
import { sharpenForOutput } from './output-sharpening.ts'
import { readReferenceData } from './reference-data.ts'

/** The longest silence on a slow machine: encoders say nothing, and AVIF thinks for minutes over 16 megapixels. */
const WITHIN_MS = 60_000
const ENCODING_WITHIN_MS = 600_000
const STEPS = 4
/** What layout programs place a picture at that was not sized for print; without it they assume 25. */
const USUAL_PPI = 300

/**
 * Writes a stored picture as a file for delivery: size, sharpening, profile, format, metadata. The file appears whole
 * or not at all.
 *
 * @throws StudioError as `decodePhoto` and `encodePicture`
 */
export async function exportPicture(request: ExportPictureRequest, context: CallContext): Promise<ExportedPicture> {
  const { options } = request
  const { signal, onProgress } = context
  const step = (done: number, activity: string, withinMs = WITHIN_MS) => {
    signal.throwIfAborted()
    onProgress({ activity, done, total: STEPS, withinMs })
  }
  step(0, 'Reading the picture')
  const decoded = await decodePhoto(request.path, { signal })
  const plan = planExportSize(decoded.original, options.size, options.enlarge)
  step(1, 'Sizing')
  const sized = resize(decoded.raster, plan.size.width, plan.size.height)
  step(2, 'Sharpening')
  const sharpened = sharpenForOutput(sized, options.sharpenFor, options.sharpenAmount, plan.pixelsPerInch)
  step(3, 'Writing', ENCODING_WITHIN_MS)
  const most = Math.min(options.bitsPerChannel, EXPORT_FORMATS[options.format].bits)
  const bitsPerChannel = most === 16 && decoded.bitsPerChannel > 8 ? 16 : 8
  await encodePicture(sharpened, request.outputPath, {
    format: options.format,
    bitsPerChannel,
    profile: options.profile,
    quality: options.quality,
    metadata: await metadataOf(request, plan.pixelsPerInch),
    signal
  })
  const { size: bytes } = await stat(request.outputPath)
  const depth = most === 16 && bitsPerChannel === 8 ? ['8 bits per channel: the picture has no more'] : []
  return { size: plan.size, bytes, bitsPerChannel, pixelsPerInch: plan.pixelsPerInch, notes: [...plan.notes, ...depth] }
}

async function metadataOf(request: ExportPictureRequest, pixelsPerInch: number | null): Promise<PictureMetadata> {
  const { options, referencePath } = request
  const { keep, location, recipe, creator, copyright } = options.metadata
  if (keep === 'none') return pixelsPerInch === null ? {} : { pixelsPerInch }
  const density = { pixelsPerInch: pixelsPerInch ?? USUAL_PPI }
  const reference = referencePath === null ? null : await readReferenceData(referencePath)
  const owner = {
    creator: creator || (reference?.creator ?? ''),
    copyright: copyright || (reference?.copyright ?? ''),
    digitalSourceType: request.digitalSourceType
  }
  if (keep === 'copyright') return { ...density, ...owner }
  return {
    ...density,
    ...owner,
    title: request.title,
    software: request.software,
    exif: { ...reference?.camera, ...(location ? reference?.location : {}) },
    ...(recipe ? { recipe: request.recipe } : {})
  }
}
