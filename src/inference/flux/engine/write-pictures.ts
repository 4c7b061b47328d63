import { writeFile } from 'node:fs/promises'
import { toStudioError } from '../../../domain/errors.ts'
import type { Size } from '../../../domain/geometry.ts'
import { matrixProfile, SRGB_CURVE } from '../../pixels/matrix-profile.ts'
import { SRGB } from '../../pixels/rgb-spaces.ts'
import { sharp } from '../../pixels/sharp.ts'
import { tiffHead } from '../../pixels/tiff-head.ts'
import { writeWholeFile } from '../../pixels/write-file.ts'
import type { TokenGrid } from '../sampling/token-grid.ts'

/** A picture as it is handed to the encoder: 16-bit sRGB samples behind the head of a TIFF. */
export interface PictureBuffer {
  readonly size: Size
  readonly bytes: Uint8Array
  /** Interleaved, in `bytes`. */
  readonly samples: Uint16Array
}

let last: PictureBuffer | undefined

/** One for pictures of a size, and the same for the next of that size: fresh memory takes longer than what fills it. */
export function pictureBuffer(size: Size): PictureBuffer {
  if (last?.size.width === size.width && last.size.height === size.height) return last
  const head = tiffHead(size, 16, matrixProfile('sRGB', SRGB, SRGB_CURVE))
  const count = 3 * size.width * size.height
  const bytes = new Uint8Array(head.length + 2 * count)
  bytes.set(head)
  last = { size, bytes, samples: new Uint16Array(bytes.buffer, head.length, count) }
  return last
}

/**
 * Writes it as a PNG with its profile. It is read once, by who frames it, so little is spent on packing it.
 *
 * @throws StudioError `disk-full`, `output-unwritable`
 */
export async function writePicture({ bytes }: PictureBuffer, path: string): Promise<void> {
  const png = await sharp(bytes, { limitInputPixels: false })
    .keepIccProfile()
    .toColourspace('rgb16')
    .png({ compressionLevel: 1 })
    .toBuffer()
  await writeWholeFile(path, png)
}

/** Long edge of a preview, px. */
const PREVIEW_EDGE = 384
const PREVIEW_QUALITY = 80

/** Writes one RGB pixel per token as a small JPEG. Not flushed to the drive: it is looked at for a second. */
export async function writePreview(
  pixels: Uint8ClampedArray,
  { columns, rows }: TokenGrid,
  path: string
): Promise<void> {
  const jpeg = await sharp(pixels, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(PREVIEW_EDGE, PREVIEW_EDGE, { fit: 'inside', kernel: 'cubic' })
    .jpeg({ quality: PREVIEW_QUALITY })
    .toBuffer()
  await writeFile(path, jpeg).catch((thrown: unknown) => {
    throw toStudioError(thrown)
  })
}
