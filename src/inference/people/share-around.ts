import type { Size } from '../../domain/geometry.ts'
import { boxBlur } from '../pixels/blur.ts'
import { createRaster } from '../pixels/raster.ts'

/** Of every place, the share of a square of (2·radius + 1)² places around it where `is` holds, 0..1; edges repeat. */
export function shareAround({ width, height }: Size, is: (at: number) => boolean, radius: number): Float32Array {
  const mask = createRaster(width, height, 1)
  for (let at = 0; at < mask.data.length; at++) mask.data[at] = is(at) ? 1 : 0
  return boxBlur(mask, radius).data
}
