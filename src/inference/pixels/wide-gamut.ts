import { REC2020_TO_SRGB } from './colour.ts'
import type { Raster } from './raster.ts'

/** Share of the pixels, and how far outside, that make a picture worth a wider profile. */
const WIDE_SHARE = 0.002
const WIDE_BY = -0.01

/** Whether a picture, linear Rec. 2020, has colours that a profile wider than sRGB keeps; NaN counts for nothing. */
export function exceedsSrgb({ data }: Raster): boolean {
  const [a, b, c, d, e, f, g, h, i] = REC2020_TO_SRGB
  let outside = 0
  for (let at = 0; at < data.length; at += 3) {
    const x = data[at] ?? 0
    const y = data[at + 1] ?? 0
    const z = data[at + 2] ?? 0
    const least = Math.min(a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)
    if (least < WIDE_BY) outside++
  }
  return outside > (WIDE_SHARE * data.length) / 3
}
