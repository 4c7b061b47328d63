import { StudioError } from '../../domain/errors.ts'
import { convertIntoGamut } from './gamut.ts'
import { createRaster, type Raster } from './raster.ts'
import { applyMatrix, REC2020_TO_SRGB, SRGB_TO_REC2020 } from './rgb-spaces.ts'
import { SRGB_8_TO_LINEAR, srgbEncodeClipped } from './transfer.ts'

/** RGB bytes, interleaved, as models and 8-bit files want them; colours outside sRGB lose chroma, not hue. No dither. */
export function toSrgbBytes(raster: Raster): Uint8Array {
  requirePicture(raster)
  const { width, height, data } = raster
  const bytes = new Uint8Array(data.length)
  const row = new Float32Array(width * 3)
  for (let y = 0, to = 0; y < height; y++) {
    convertIntoGamut(data, row, REC2020_TO_SRGB, y * width, (y + 1) * width)
    for (let at = 0; at < row.length; at++) bytes[to++] = srgbEncodeClipped(row[at] ?? 0) * 255 + 0.5
  }
  return bytes
}

export function fromSrgbBytes(bytes: Uint8Array, width: number, height: number): Raster {
  const raster = createRaster(width, height, 3)
  if (bytes.length !== raster.data.length) {
    throw new StudioError('internal', `${width}×${height} pixels are ${raster.data.length} bytes, not ${bytes.length}.`)
  }
  for (let at = 0; at < bytes.length; at++) raster.data[at] = SRGB_8_TO_LINEAR[bytes[at] ?? 0] ?? 0
  applyMatrix(raster.data, SRGB_TO_REC2020)
  return raster
}

function requirePicture(raster: Raster): void {
  if (raster.channels !== 3) throw new StudioError('internal', 'A matte has no colour to convert.')
}
