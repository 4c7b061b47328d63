import { matrixProfile } from './matrix-profile.ts'
import type { Raster } from './raster.ts'
import { invertMatrix, multiplyMatrices, REC2020_TO_XYZ, type RgbPrimaries, rgbToXyz, SRGB } from './rgb-spaces.ts'
import { type Sharp, sharp } from './sharp.ts'
import { tiffHead } from './tiff-head.ts'

/** Adobe RGB (1998), Adobe Systems 2005. */
export const ADOBE_RGB: RgbPrimaries = { ...SRGB, green: [0.21, 0.71] }

/** The picture as a file in an RGB space of its own: what an editor would have written. */
export async function encodeIn(
  picture: Raster,
  name: string,
  primaries: RgbPrimaries,
  gamma: number,
  bits: 8 | 16,
  format: 'jpeg' | 'png' | 'tiff'
): Promise<Buffer> {
  const [a, b, c, d, e, f, g, h, i] = multiplyMatrices(invertMatrix(rgbToXyz(primaries)), REC2020_TO_XYZ)
  const full = 2 ** bits - 1
  const codes: number[] = []
  for (let at = 0; at < picture.data.length; at += 3) {
    const [x, y, z] = [picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0]
    for (const linear of [a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z]) {
      codes.push(Math.round(Math.min(1, Math.max(0, linear)) ** (1 / gamma) * full))
    }
  }
  const samples = bits === 8 ? Uint8Array.from(codes) : Uint16Array.from(codes)
  const tiff = withProfile(samples, picture.width, picture.height, bits, matrixProfile(name, primaries, gamma))
  const input = sharp(tiff).keepIccProfile()
  if (bits === 16) input.toColourspace('rgb16')
  return format === 'jpeg'
    ? input.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer()
    : input.toFormat(format).toBuffer()
}

/** An uncompressed TIFF with this profile. */
export function withProfile(
  samples: Uint8Array | Uint16Array,
  width: number,
  height: number,
  bits: 8 | 16,
  icc: Buffer
): Buffer {
  const pixels = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  return Buffer.concat([tiffHead({ width, height }, bits, icc), pixels])
}

/** A JPEG that says it is to be turned; sharp itself writes no orientation without converting the colours. */
export async function jpegTurned(picture: Sharp, orientation: number): Promise<Buffer> {
  const jpeg = await picture
    .withExif({ IFD0: { Orientation: '1' } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer()
  // Tag 274, SHORT, one value, little-endian as sharp writes EXIF.
  const tag = jpeg.indexOf(Buffer.of(0x12, 0x01, 3, 0, 1, 0, 0, 0))
  jpeg[tag + 8] = orientation
  return jpeg
}
