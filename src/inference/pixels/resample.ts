import { StudioError } from '../../domain/errors.ts'
import type { Box, Size } from '../../domain/geometry.ts'
import { type Kernel, resamplingTaps, type Taps } from './kernels.ts'
import { createRaster, type Raster } from './raster.ts'
import { resampleInto, type SourceRows } from './vector-passes.ts'

/**
 * A new picture at another size. Separable; the mean is kept and edges repeat. Left out, the kernel is lanczos3 for
 * pictures and bilinear, which cannot leave 0..1, for masks.
 */
export function resize(raster: Raster, width: number, height: number, kernel?: Kernel): Raster {
  if (width === raster.width && height === raster.height) return { ...raster, data: raster.data.slice() }
  const chosen = kernel ?? (raster.channels === 3 ? 'lanczos3' : 'bilinear')
  return resample(
    rowsOf(raster),
    raster.channels,
    resamplingTaps(raster.width, width, chosen),
    resamplingTaps(raster.height, height, chosen)
  )
}

/** The same of whole pixels in `box`, which must lie inside the picture, as if it were a picture of its own. */
export function resizePart(raster: Raster, box: Box, width: number, height: number, kernel: Kernel): Raster {
  requireInside(raster, box)
  const { channels } = raster
  return resample(
    { data: raster.data, begin: (y) => ((box.y + y) * raster.width + box.x) * channels },
    channels,
    resamplingTaps(box.width, width, kernel),
    resamplingTaps(box.height, height, kernel)
  )
}

const rowsOf = ({ data, width, channels }: Raster): SourceRows => ({ data, begin: (y) => y * width * channels })

/**
 * `rows` rows, from row `top` on, of what `resize` would give: for pictures that are made strip by strip. Where nothing
 * is resampled the rows share the raster's memory.
 */
export function resizeRows(raster: Raster, size: Size, top: number, rows: number, kernel: Kernel): Raster {
  const span = size.width * raster.channels
  if (size.width === raster.width && size.height === raster.height) {
    return { ...raster, height: rows, data: raster.data.subarray(top * span, (top + rows) * span) }
  }
  const across = resamplingTaps(raster.width, size.width, kernel)
  const down = resamplingTaps(raster.height, size.height, kernel, top, rows)
  return resample(rowsOf(raster), raster.channels, across, down)
}

/** Both passes over rows that are read one after the other. */
export function resample(source: SourceRows, channels: 1 | 3, across: Taps, down: Taps): Raster {
  const target = createRaster(across.first.length, down.first.length, channels)
  resampleInto(target.data, source, channels, across, down)
  return target
}

export type { Kernel } from './kernels.ts'

/** A copy of the whole pixels in `box`, which must lie inside the picture. */
export function crop(raster: Raster, box: Box): Raster {
  requireInside(raster, box)
  const { x, y, width, height } = box
  const target = createRaster(width, height, raster.channels)
  const span = width * raster.channels
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * raster.width + x) * raster.channels
    target.data.set(raster.data.subarray(from, from + span), row * span)
  }
  return target
}

function requireInside(raster: Size, { x, y, width, height }: Box): void {
  const whole = [x, y, width, height].every(Number.isInteger)
  if (!whole || x < 0 || y < 0 || x + width > raster.width || y + height > raster.height) {
    throw new StudioError(
      'internal',
      `The box ${x},${y} ${width}×${height} is not inside ${raster.width}×${raster.height} pixels.`
    )
  }
}
