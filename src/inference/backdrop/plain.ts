import type { Size } from '../../domain/geometry.ts'
import type { HexColour } from '../../domain/parameters/background.ts'
import { SRGB_8_TO_LINEAR, SRGB_TO_REC2020 } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'

export type Rgb = readonly [number, number, number]

/** The linear Rec. 2020 values of an sRGB colour written '#rrggbb'. */
export function linearColour(hex: HexColour): Rgb {
  const code = Number.parseInt(hex.slice(1), 16)
  const r = SRGB_8_TO_LINEAR[(code >> 16) & 255] ?? 0
  const g = SRGB_8_TO_LINEAR[(code >> 8) & 255] ?? 0
  const b = SRGB_8_TO_LINEAR[code & 255] ?? 0
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = SRGB_TO_REC2020
  return [m0 * r + m1 * g + m2 * b, m3 * r + m4 * g + m5 * b, m6 * r + m7 * g + m8 * b]
}

/** Exactly the colour asked for, everywhere. */
export function renderPlain({ width, height }: Size, colour: HexColour): Raster {
  const picture = createRaster(width, height, 3)
  const [r, g, b] = linearColour(colour)
  for (let at = 0; at < picture.data.length; at += 3) {
    picture.data[at] = r
    picture.data[at + 1] = g
    picture.data[at + 2] = b
  }
  return picture
}
