import { luminance, toOklab } from './colour.ts'
import type { Raster } from './raster.ts'

/** Oklab chroma below which a colour is grey to the eye, JPEG's rounding of chroma included. */
const GREY = 0.012
/** Share of the pixels that may be more colourful: a date stamped into a corner, damaged blocks. */
const COLOURFUL = 0.002
/** Every so many pixels are looked at. */
const STRIDE = 7

/** Whether a picture is black and white. A toned print, such as a sepia, is not. */
export function isMonochrome({ data }: Raster): boolean {
  const lab = new Float32Array(3)
  let looked = 0
  let colourful = 0
  for (let at = 0; at + 2 < data.length; at += 3 * STRIDE) {
    toOklab(lab, 0, data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    looked++
    const red = lab[1] ?? 0
    const yellow = lab[2] ?? 0
    if (red * red + yellow * yellow > GREY * GREY) colourful++
  }
  return colourful <= COLOURFUL * looked
}

/** Leaves of every pixel only its luminance, in place. */
export function removeColour({ data }: Raster): void {
  for (let at = 0; at + 2 < data.length; at += 3) {
    data.fill(luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0), at, at + 3)
  }
}
