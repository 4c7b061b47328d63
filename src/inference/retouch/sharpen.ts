import { gaussianBlur } from '../pixels/blur.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import type { PersonRows } from './compose-rows.ts'
import type { PersonPixels } from './person-pixels.ts'

/**
 * Standard deviation of the blur, thousandths of the picture's height, so that a picture looks the same at every size:
 * the finest detail at first, then what a lens out of focus has softened.
 */
const SIGMA = { finest: 0.9, wider: 1.5 }
/** `gaussianBlur` reaches so many of them. */
const REACH = 4
/** Share of the detail that full strength adds again, and the most it changes a pixel's light. */
const MOST = 1.2
const LIMIT = { least: 0.75, most: 1.35 }

/**
 * Rows of the person as they are, and with their fine detail raised (unsharp masking of luminance); the same whatever
 * rows are asked for.
 *
 * @param height of the whole picture
 */
export function detailedRows(
  pixels: PersonPixels,
  height: number,
  top: number,
  count: number,
  strength: number
): PersonRows {
  if (strength === 0) {
    const plain = pixels.rows(top, count)
    return { plain, sharp: plain }
  }
  const sigma = ((SIGMA.finest + SIGMA.wider * strength) * height) / 1000
  const reach = Math.ceil(REACH * sigma)
  const first = Math.max(0, top - reach)
  const around = pixels.rows(first, Math.min(height, top + count + reach) - first)
  const { width } = around
  const light = createRaster(width, around.height, 1)
  for (let pixel = 0, at = 0; pixel < light.data.length; pixel++, at += 3) {
    light.data[pixel] = luminance(around.data[at] ?? 0, around.data[at + 1] ?? 0, around.data[at + 2] ?? 0)
  }
  const soft = gaussianBlur(light, sigma)
  const offset = (top - first) * width
  const plain: Raster = {
    ...around,
    height: count,
    data: around.data.subarray(3 * offset, 3 * (offset + width * count))
  }
  const sharp = createRaster(width, count, 3)
  for (let pixel = 0, at = 0; pixel < width * count; pixel++, at += 3) {
    const y = light.data[offset + pixel] ?? 0
    const raised = (y + strength * MOST * (y - (soft.data[offset + pixel] ?? 0))) / Math.max(1e-4, y)
    const factor = Math.min(LIMIT.most, Math.max(LIMIT.least, raised))
    for (let c = 0; c < 3; c++) sharp.data[at + c] = (plain.data[at + c] ?? 0) * factor
  }
  return { plain, sharp }
}
