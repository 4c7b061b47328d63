import { gaussianBlur } from '../pixels/blur.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import type { PersonPixels } from './person-pixels.ts'

/** Standard deviation of the blur, pixels of the picture; `gaussianBlur` reaches four of them. */
const SIGMA = 0.9
const REACH = 4
/** Share of the detail that full strength adds again, and the most it changes a pixel's light. */
const MOST = 1.2
const LIMIT = { least: 0.75, most: 1.35 }

/** Rows of the person with their fine detail raised (unsharp masking of luminance); the same whatever rows are asked for. */
export function sharpenedRows(
  pixels: PersonPixels,
  height: number,
  top: number,
  rows: Raster,
  strength: number
): Raster {
  if (strength === 0) return rows
  const first = Math.max(0, top - REACH)
  const end = Math.min(height, top + rows.height + REACH)
  const around = pixels.rows(first, end - first)
  const light = createRaster(around.width, around.height, 1)
  for (let pixel = 0, at = 0; pixel < light.data.length; pixel++, at += 3) {
    light.data[pixel] = luminance(around.data[at] ?? 0, around.data[at + 1] ?? 0, around.data[at + 2] ?? 0)
  }
  const soft = gaussianBlur(light, SIGMA)
  const out = createRaster(rows.width, rows.height, 3)
  const offset = (top - first) * rows.width
  for (let pixel = 0, at = 0; pixel < rows.width * rows.height; pixel++, at += 3) {
    const y = light.data[offset + pixel] ?? 0
    const raised = (y + strength * MOST * (y - (soft.data[offset + pixel] ?? 0))) / Math.max(1e-4, y)
    const factor = Math.min(LIMIT.most, Math.max(LIMIT.least, raised))
    for (let c = 0; c < 3; c++) out.data[at + c] = (rows.data[at + c] ?? 0) * factor
  }
  return out
}
