import type { OutputProfile } from '../../domain/delivery/export-options.ts'
import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { convertIntoGamut } from './gamut.ts'
import { matrixProfile, SRGB_CURVE } from './matrix-profile.ts'
import type { Raster } from './raster.ts'
import { DISPLAY_P3, REC2020_TO_P3, REC2020_TO_SRGB, SRGB } from './rgb-spaces.ts'
import { tiffHead } from './tiff-head.ts'
import { srgbEncodeClipped } from './transfer.ts'

/** Both use the sRGB transfer function. */
const PROFILES = {
  srgb: { matrix: REC2020_TO_SRGB, primaries: SRGB, name: 'sRGB' },
  'display-p3': { matrix: REC2020_TO_P3, primaries: DISPLAY_P3, name: 'Display P3' }
} as const

/** Display-encoded integers of a whole picture, filled strip by strip, with its profile: an uncompressed TIFF in memory. */
export interface PixelBuffer {
  /** A complete TIFF file once every row is written; any encoder that reads TIFF takes pixels and profile from it. */
  readonly tiff: Buffer
  /** Converts the rows of a strip, whose first is row `top` of the picture. */
  write(strip: Raster, top: number): void
}

export function createPixelBuffer(size: Size, bits: 8 | 16, profile: OutputProfile): PixelBuffer {
  const { matrix, primaries, name } = PROFILES[profile]
  const head = tiffHead(size, bits, matrixProfile(name, primaries, SRGB_CURVE))
  const count = size.width * size.height * 3
  const tiff = Buffer.alloc(head.length + count * (bits / 8))
  head.copy(tiff)
  const start = tiff.byteOffset + head.length
  const samples = bits === 8 ? new Uint8Array(tiff.buffer, start, count) : new Uint16Array(tiff.buffer, start, count)
  const line = new Float32Array(size.width * 3)
  return {
    tiff,
    write(strip, top) {
      if (strip.channels !== 3 || strip.width !== size.width || top + strip.height > size.height) {
        throw new StudioError(
          'internal',
          `A strip of ${strip.width}×${strip.height} at ${top} does not fit the picture.`
        )
      }
      for (let y = 0; y < strip.height; y++) {
        convertIntoGamut(strip.data, line, matrix, y * size.width, (y + 1) * size.width)
        const to = (top + y) * size.width * 3
        if (bits === 8) quantise8(line, samples, to, top + y)
        else for (let at = 0; at < line.length; at++) samples[to + at] = srgbEncodeClipped(line[at] ?? 0) * 65535 + 0.5
      }
    }
  }
}

/**
 * Rounds to 8 bits with ordered dither, so that smooth backgrounds do not band; a value that is a whole step stays as it
 * is. Interleaved gradient noise: Jimenez, "Next generation post processing in Call of Duty: Advanced Warfare",
 * SIGGRAPH 2014. The three channels share it, so that greys stay grey.
 */
function quantise8(line: Float32Array, samples: Uint8Array | Uint16Array, to: number, y: number): void {
  for (let at = 0, x = 0; at < line.length; at += 3, x++) {
    const phase = 0.06711056 * x + 0.00583715 * y
    const mixed = 52.9829189 * (phase - Math.floor(phase))
    // Just short of 0..1: the table behind srgbEncodeClipped may miss a whole step by a thousandth.
    const noise = 0.002 + 0.996 * (mixed - Math.floor(mixed))
    samples[to + at] = srgbEncodeClipped(line[at] ?? 0) * 255 + noise
    samples[to + at + 1] = srgbEncodeClipped(line[at + 1] ?? 0) * 255 + noise
    samples[to + at + 2] = srgbEncodeClipped(line[at + 2] ?? 0) * 255 + noise
  }
}
