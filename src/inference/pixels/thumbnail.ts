import { writeFile } from 'node:fs/promises'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { say } from '../../domain/sentences/say.ts'
import { decodePhoto } from './decode.ts'
import { encodePicture } from './encode.ts'
import { rejectAsDamaged } from './photo-header.ts'
import { openPhoto, type PhotoSource } from './photo-source.ts'
import { BACKING } from './read-samples.ts'
import { sharp } from './sharp.ts'
import { srgbEncode } from './transfer.ts'

/** Up to here a picture stands in a list; larger ones are looked at by themselves and get the working colours. */
const SMALL_EDGE = 640
const QUALITY = 82

/**
 * Writes a small sRGB JPEG of a photo, upright, at most `edge` pixels long, never enlarged; resolves to its size. Fast,
 * since the decoder makes large photos smaller while it decodes them; the small ones of lists are left to the decoder
 * altogether, resampled in its encoding. Not flushed to the drive: a thumbnail can be made again.
 *
 * @throws StudioError as `decodePhoto` and `encodePicture`
 */
export async function thumbnail(path: string, edge: number, outPath: string, signal?: AbortSignal): Promise<Size> {
  const cancel = signal ? { signal } : {}
  if (edge <= SMALL_EDGE) {
    const source = await openPhoto(path)
    if (isPlain(source)) return await decodeSmall(source, edge, outPath, signal)
  }
  const { raster } = await decodePhoto(path, { maxLongEdge: edge, ...cancel })
  await encodePicture(raster, outPath, {
    format: 'jpeg',
    bitsPerChannel: 8,
    profile: 'srgb',
    quality: QUALITY,
    ...cancel
  })
  return { width: raster.width, height: raster.height }
}

/** What sharp by itself shows as `decodePhoto` does: 8 bits, no RAW, no HEIC, no ink, no colours stated elsewhere. */
function isPlain({ kind, header }: PhotoSource): boolean {
  const known = header.profile === null || header.profile.embedded
  return header.bitsPerChannel === 8 && kind !== 'raw' && kind !== 'heic' && header.model !== 'cmyk' && known
}

const BACKING_LEVEL = Math.round(255 * srgbEncode(BACKING))

async function decodeSmall({ input }: PhotoSource, edge: number, outPath: string, signal?: AbortSignal): Promise<Size> {
  const { data, info } = await sharp(input, { limitInputPixels: false, failOn: 'error' })
    .autoOrient()
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: { r: BACKING_LEVEL, g: BACKING_LEVEL, b: BACKING_LEVEL } })
    .toColourspace('srgb')
    .jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer({ resolveWithObject: true })
    .catch(rejectAsDamaged)
  if (signal?.aborted) throw new StudioError('cancelled', say('error-cancelled'), { cause: signal.reason })
  await writeFile(outPath, data).catch((thrown: unknown) => {
    throw toStudioError(thrown)
  })
  return { width: info.width, height: info.height }
}
