import { createRaster, type Raster } from '../pixels/raster.ts'
import { selfGuidedFilter } from '../pixels/self-guided-filter.ts'

/** Radius of the windows, photo pixels, and the deviation in roots of linear light that full strength takes for noise. */
const RADIUS = 2
const NOISE = 0.14
/** The first half of the scale is for the noise of ordinary photos, which lies far below. */
const GROWTH = 1.5
/** Variance that floats no longer tell from none: a filter with less divides 0 by 0 where a picture is flat. */
const LEAST_EPSILON = 1e-9
/** A filter of means of lines fitted in windows sees so far. */
const REACH = 2 * RADIUS
/** Rows filtered at once: the filter holds 33 numbers a pixel. */
const ROWS = 128

/**
 * The picture with fine noise smoothed where it varies no more than noise does; edges stay (self-guided filter, He,
 * Sun, Tang 2013, section 3.2). In roots of light, in which noise of sensors is about even (Anscombe).
 *
 * @param strength 0 none .. 1
 */
export function denoised(picture: Raster, strength: number): Raster {
  if (strength === 0) return picture
  const { width, height } = picture
  const epsilon = Math.max(LEAST_EPSILON, (NOISE * strength ** GROWTH) ** 2)
  const out = createRaster(width, height, 3)
  for (let top = 0; top < height; top += ROWS) {
    const bottom = Math.min(height, top + ROWS)
    const first = Math.max(0, top - REACH)
    const rows = roots(picture, first, Math.min(height, bottom + REACH))
    const smooth = selfGuidedFilter(rows, RADIUS, epsilon).data
    const skipped = (top - first) * width * 3
    for (let at = top * width * 3, from = skipped; at < bottom * width * 3; at++, from++) {
      const root = Math.max(0, smooth[from] ?? 0)
      out.data[at] = root * root
    }
  }
  return out
}

function roots({ width, data }: Raster, first: number, end: number): Raster {
  const part = data.subarray(first * width * 3, end * width * 3)
  return { width, height: end - first, channels: 3, data: part.map((value) => Math.sqrt(Math.max(0, value))) }
}
