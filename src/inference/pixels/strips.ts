import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { type Kernel, resamplingTaps } from './kernels.ts'
import { createRaster, type Raster } from './raster.ts'
import { mixRows, resampleRow } from './resample.ts'

/** A picture from top to bottom, in pieces of full width and any height: how pictures too large for memory travel. */
export type Strips = AsyncIterable<Raster>

/** The picture in strips of `height` rows; they share its memory. */
export async function* stripsOf(raster: Raster, height: number): AsyncGenerator<Raster> {
  const span = raster.width * raster.channels
  for (let top = 0; top < raster.height; top += height) {
    const bottom = Math.min(top + height, raster.height)
    yield { ...raster, height: bottom - top, data: raster.data.subarray(top * span, bottom * span) }
  }
}

/** The whole picture of strips. */
export async function joinStrips(strips: Strips, { width, height }: Size): Promise<Raster> {
  const whole = createRaster(width, height, 3)
  let at = 0
  for await (const strip of strips) {
    if (strip.width !== width || at + strip.data.length > whole.data.length) {
      throw new StudioError('internal', `A strip of ${strip.width}×${strip.height} does not fit ${width}×${height}.`)
    }
    whole.data.set(strip.data, at)
    at += strip.data.length
  }
  if (at !== whole.data.length) throw new StudioError('internal', 'The strips end before the picture does.')
  return whole
}

/** `resize` for strips, with the same result; holds the rows that the kernel spans. */
export async function* resizeStrips(
  strips: Strips,
  from: Size,
  to: Size,
  kernel: Kernel,
  height: number
): AsyncGenerator<Raster> {
  if (from.width === to.width && from.height === to.height) {
    yield* strips
    return
  }
  const across = resamplingTaps(from.width, to.width, kernel)
  const down = resamplingTaps(from.height, to.height, kernel)
  const ring = Array.from({ length: down.taps }, () => new Float32Array(to.width * 3))
  let known = 0
  let top = 0
  let out = createRaster(to.width, Math.min(height, to.height), 3)
  for await (const strip of strips) {
    for (let row = 0; row < strip.height; row++, known++) {
      const line = ring[known % down.taps]
      if (line) resampleRow(line, strip, row, across)
      // Every output row whose last source row is now known; there is none left when the next line is overwritten.
      while (top < to.height && (down.first[top] ?? 0) + down.taps <= known + 1) {
        const inStrip = top % height
        mixRows(out.data.subarray(inStrip * to.width * 3, (inStrip + 1) * to.width * 3), ring, down, top)
        top++
        if (top % height === 0 || top === to.height) {
          yield out
          out = createRaster(to.width, Math.max(1, Math.min(height, to.height - top)), 3)
        }
      }
    }
  }
  if (top !== to.height) throw new StudioError('internal', 'The strips end before the picture does.')
}
