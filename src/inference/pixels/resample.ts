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

/** A picture as resampling reads it: each row once, from the top. */
export interface SourceRows {
  readonly data: Float32Array
  /** Where in `data` row `y` begins; what was there may be overwritten. */
  begin(y: number): number
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

/** Runs both passes with only the horizontally resampled rows in memory that the vertical kernel spans. */
export function resample(source: SourceRows, channels: 1 | 3, across: Taps, down: Taps): Raster {
  const target = createRaster(across.first.length, down.first.length, channels)
  const span = target.width * target.channels
  const ring = Array.from({ length: down.taps }, () => new Float32Array(span))
  const held = new Int32Array(down.taps).fill(-1)
  const sums = new Float64Array(span)
  for (let y = 0; y < target.height; y++) {
    const first = down.first[y] ?? 0
    for (let row = first; row < first + down.taps; row++) {
      const slot = row % down.taps
      const line = ring[slot]
      if (line === undefined || held[slot] === row) continue
      resampleRow(line, source, row, channels, across)
      held[slot] = row
    }
    mixRows(target.data, y * span, sums, ring, down, y)
  }
  return target
}

/**
 * Writes output row `y` at `to`, from a ring of rows in which row n lies at n modulo its length. Summed in doubles and
 * rounded once, so that taps of no weight change nothing, however many a strip happens to have.
 */
function mixRows(
  target: Float32Array,
  to: number,
  sums: Float64Array,
  ring: readonly Float32Array[],
  down: Taps,
  y: number
): void {
  const { taps, first, weights } = down
  const span = sums.length
  const row = (tap: number) => ring[((first[y] ?? 0) + Math.min(tap, taps - 1)) % taps] ?? NO_ROW
  const weight = (tap: number) => (tap < taps ? (weights[y * taps + tap] ?? 0) : 0)
  if (taps <= 2) mixTwo(target, to, span, row(0), row(1), weight(0), weight(1))
  else if (taps <= 4) mixFour(target, to, span, [0, 1, 2, 3].map(row), [0, 1, 2, 3].map(weight))
  else {
    sums.fill(0)
    for (let tap = 0; tap < taps; tap += 4) {
      addFour(
        sums,
        [0, 1, 2, 3].map((next) => row(tap + next)),
        [0, 1, 2, 3].map((next) => weight(tap + next))
      )
    }
    target.set(sums, to)
  }
}

const NO_ROW = new Float32Array(0)

function mixTwo(
  target: Float32Array,
  to: number,
  span: number,
  one: Float32Array,
  two: Float32Array,
  u: number,
  v: number
): void {
  for (let at = 0; at < span; at++) target[to + at] = (one[at] ?? 0) * u + (two[at] ?? 0) * v
}

function mixFour(
  target: Float32Array,
  to: number,
  span: number,
  [a = NO_ROW, b = NO_ROW, c = NO_ROW, d = NO_ROW]: readonly Float32Array[],
  [u = 0, v = 0, w = 0, x = 0]: readonly number[]
): void {
  for (let at = 0; at < span; at++) {
    target[to + at] = (a[at] ?? 0) * u + (b[at] ?? 0) * v + (c[at] ?? 0) * w + (d[at] ?? 0) * x
  }
}

function addFour(
  sums: Float64Array,
  [a = NO_ROW, b = NO_ROW, c = NO_ROW, d = NO_ROW]: readonly Float32Array[],
  [u = 0, v = 0, w = 0, x = 0]: readonly number[]
): void {
  for (let at = 0; at < sums.length; at++) {
    sums[at] = (sums[at] ?? 0) + (a[at] ?? 0) * u + (b[at] ?? 0) * v + (c[at] ?? 0) * w + (d[at] ?? 0) * x
  }
}

function resampleRow(line: Float32Array, source: SourceRows, row: number, channels: 1 | 3, across: Taps): void {
  const begin = source.begin(row)
  if (across.taps === 2) blendPairs(line, source.data, begin, channels, across)
  else if (channels === 1) sumMask(line, source.data, begin, across)
  else sumPicture(line, source.data, begin, across)
}

/** What doubling and halving come to. */
function blendPairs(line: Float32Array, data: Float32Array, begin: number, channels: 1 | 3, across: Taps): void {
  const { first, weights } = across
  if (channels === 1) {
    for (let x = 0; x < first.length; x++) {
      const at = begin + (first[x] ?? 0)
      line[x] = (data[at] ?? 0) * (weights[2 * x] ?? 0) + (data[at + 1] ?? 0) * (weights[2 * x + 1] ?? 0)
    }
    return
  }
  for (let x = 0, to = 0; x < first.length; x++, to += 3) {
    const at = begin + 3 * (first[x] ?? 0)
    const u = weights[2 * x] ?? 0
    const v = weights[2 * x + 1] ?? 0
    line[to] = (data[at] ?? 0) * u + (data[at + 3] ?? 0) * v
    line[to + 1] = (data[at + 1] ?? 0) * u + (data[at + 4] ?? 0) * v
    line[to + 2] = (data[at + 2] ?? 0) * u + (data[at + 5] ?? 0) * v
  }
}

function sumMask(line: Float32Array, data: Float32Array, begin: number, { taps, first, weights }: Taps): void {
  for (let x = 0; x < first.length; x++) {
    let sum = 0
    for (let tap = 0, at = begin + (first[x] ?? 0), w = x * taps; tap < taps; tap++, at++, w++) {
      sum += (data[at] ?? 0) * (weights[w] ?? 0)
    }
    line[x] = sum
  }
}

function sumPicture(line: Float32Array, data: Float32Array, begin: number, { taps, first, weights }: Taps): void {
  for (let x = 0; x < first.length; x++) {
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
