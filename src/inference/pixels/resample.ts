import { StudioError } from '../../domain/errors.ts'
import type { Box, Size } from '../../domain/geometry.ts'
import { type Kernel, resamplingTaps, type Taps } from './kernels.ts'
import { createRaster, type Raster } from './raster.ts'

/**
 * A new picture at another size. Separable; the mean is kept and edges repeat. Left out, the kernel is lanczos3 for
 * pictures and bilinear, which cannot leave 0..1, for masks.
 */
export function resize(raster: Raster, width: number, height: number, kernel?: Kernel): Raster {
  if (width === raster.width && height === raster.height) return { ...raster, data: raster.data.slice() }
  const chosen = kernel ?? (raster.channels === 3 ? 'lanczos3' : 'bilinear')
  const target = createRaster(width, height, raster.channels)
  const across = resamplingTaps(raster.width, width, chosen)
  const down = resamplingTaps(raster.height, height, chosen)
  resampleInto(target, raster, across, down)
  return target
}

/**
 * `rows` rows, from row `top` on, of what `resize` would give: for pictures that are made strip by strip. Where nothing
 * is resampled the rows share the raster's memory.
 */
export function resizeRows(raster: Raster, size: Size, top: number, rows: number, kernel: Kernel): Raster {
  const span = size.width * raster.channels
  if (size.width === raster.width && size.height === raster.height) {
    return { ...raster, height: rows, data: raster.data.subarray(top * span, (top + rows) * span) }
  }
  const target = createRaster(size.width, rows, raster.channels)
  const across = resamplingTaps(raster.width, size.width, kernel)
  const down = resamplingTaps(raster.height, size.height, kernel, top, rows)
  resampleInto(target, raster, across, down)
  return target
}

/** Runs both passes with only the horizontally resampled rows in memory that the vertical kernel spans. */
function resampleInto(target: Raster, source: Raster, across: Taps, down: Taps): void {
  const span = target.width * target.channels
  const ring = Array.from({ length: down.taps }, () => new Float32Array(span))
  const held = new Int32Array(down.taps).fill(-1)
  for (let y = 0; y < target.height; y++) {
    const first = down.first[y] ?? 0
    for (let row = first; row < first + down.taps; row++) {
      const slot = row % down.taps
      const line = ring[slot]
      if (line === undefined || held[slot] === row) continue
      resampleRow(line, source, row, across)
      held[slot] = row
    }
    mixRows(target.data.subarray(y * span, (y + 1) * span), ring, down, y)
  }
}

/** Output row `y`, from a ring of rows in which row n lies at n modulo its length. */
export function mixRows(target: Float32Array, ring: readonly Float32Array[], down: Taps, y: number): void {
  const { taps, first, weights } = down
  for (let tap = 0; tap < taps; tap++) {
    const line = ring[((first[y] ?? 0) + tap) % taps]
    const weight = weights[y * taps + tap] ?? 0
    if (line === undefined || weight === 0) continue
    for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) + (line[at] ?? 0) * weight
  }
}

export function resampleRow(line: Float32Array, source: Raster, row: number, across: Taps): void {
  const { data, width, channels } = source
  const { taps, first, weights } = across
  const begin = row * width * channels
  const count = first.length
  if (channels === 1) {
    for (let x = 0; x < count; x++) {
      let sum = 0
      for (let tap = 0, at = begin + (first[x] ?? 0), w = x * taps; tap < taps; tap++, at++, w++) {
        sum += (data[at] ?? 0) * (weights[w] ?? 0)
      }
      line[x] = sum
    }
    return
  }
  for (let x = 0; x < count; x++) {
    let r = 0
    let g = 0
    let b = 0
    for (let tap = 0, at = begin + 3 * (first[x] ?? 0), w = x * taps; tap < taps; tap++, at += 3, w++) {
      const weight = weights[w] ?? 0
      r += (data[at] ?? 0) * weight
      g += (data[at + 1] ?? 0) * weight
      b += (data[at + 2] ?? 0) * weight
    }
    line[3 * x] = r
    line[3 * x + 1] = g
    line[3 * x + 2] = b
  }
}

export type { Kernel } from './kernels.ts'

/** A copy of the whole pixels in `box`, which must lie inside the picture. */
export function crop(raster: Raster, box: Box): Raster {
  const { x, y, width, height } = box
  const whole = [x, y, width, height].every(Number.isInteger)
  if (!whole || x < 0 || y < 0 || x + width > raster.width || y + height > raster.height) {
    throw new StudioError(
      'internal',
      `The box ${x},${y} ${width}×${height} is not inside ${raster.width}×${raster.height} pixels.`
    )
  }
  const target = createRaster(width, height, raster.channels)
  const span = width * raster.channels
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * raster.width + x) * raster.channels
    target.data.set(raster.data.subarray(from, from + span), row * span)
  }
  return target
}
