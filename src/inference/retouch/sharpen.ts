import type { Size } from '../../domain/geometry.ts'
import type { Columns } from '../people/matte-field.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster } from '../pixels/raster.ts'
import { crop } from '../pixels/resample.ts'
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
 * rows and columns are asked for.
 *
 * @param size of the whole picture
 */
export function detailedRows(
  pixels: PersonPixels,
  size: Size,
  top: number,
  count: number,
  columns: Columns,
  strength: number
): PersonRows {
  const left = columns.first
  if (strength === 0) {
    const plain = pixels.rows(top, count, columns)
    return { left, plain, sharp: plain }
  }
  const sigma = ((SIGMA.finest + SIGMA.wider * strength) * size.height) / 1000
  const reach = Math.ceil(REACH * sigma)
  const highest = Math.max(0, top - reach)
  const lowest = Math.min(size.height, top + count + reach)
  const [first, end] = [Math.max(0, left - reach), Math.min(size.width, columns.end + reach)]
  const around = pixels.rows(highest, lowest - highest, { first, end })
  const light = createRaster(around.width, around.height, 1)
  for (let pixel = 0, at = 0; pixel < light.data.length; pixel++, at += 3) {
    light.data[pixel] = luminance(around.data[at] ?? 0, around.data[at + 1] ?? 0, around.data[at + 2] ?? 0)
  }
  const soft = gaussianBlur(light, sigma)
  const box = { x: left - first, y: top - highest, width: columns.end - left, height: count }
  const plain = crop(around, box)
  const sharp = createRaster(box.width, count, 3)
  for (let row = 0, at = 0; row < count; row++) {
    const from = (box.y + row) * around.width + box.x
    for (let pixel = from; pixel < from + box.width; pixel++, at += 3) {
      const y = light.data[pixel] ?? 0
      const raised = (y + strength * MOST * (y - (soft.data[pixel] ?? 0))) / Math.max(1e-4, y)
      const factor = Math.min(LIMIT.most, Math.max(LIMIT.least, raised))
      sharp.data[at] = (plain.data[at] ?? 0) * factor
      sharp.data[at + 1] = (plain.data[at + 1] ?? 0) * factor
      sharp.data[at + 2] = (plain.data[at + 2] ?? 0) * factor
    }
  }
  return { left, plain, sharp }
}
