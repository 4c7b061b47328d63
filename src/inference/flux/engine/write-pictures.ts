import { writeFile } from 'node:fs/promises'
import { toStudioError } from '../../../domain/errors.ts'
import type { Size } from '../../../domain/geometry.ts'
import { matrixProfile, SRGB_CURVE } from '../../pixels/matrix-profile.ts'
import { SRGB } from '../../pixels/rgb-spaces.ts'
import { sharp } from '../../pixels/sharp.ts'
import { tiffHead } from '../../pixels/tiff-head.ts'
import { writeWholeFile } from '../../pixels/write-file.ts'
import type { TokenGrid } from '../sampling/token-grid.ts'

/**
 * Writes interleaved 16-bit sRGB as a PNG with its profile. It is read once, by who frames it, so little is spent on
 * packing it.
 *
 * @throws StudioError `disk-full`, `output-unwritable`
 */
export async function writePicture(samples: Uint16Array, size: Size, path: string): Promise<void> {
  const head = tiffHead(size, 16, matrixProfile('sRGB', SRGB, SRGB_CURVE))
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
  const png = await sharp(Buffer.concat([head, bytes]), { limitInputPixels: false })
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
export async function writePreview(pixels: Uint8Array, { columns, rows }: TokenGrid, path: string): Promise<void> {
  const jpeg = await sharp(pixels, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(PREVIEW_EDGE, PREVIEW_EDGE, { fit: 'inside', kernel: 'cubic' })
    .jpeg({ quality: PREVIEW_QUALITY })
    .toBuffer()
  await writeFile(path, jpeg).catch((thrown: unknown) => {
    throw toStudioError(thrown)
  })
}
