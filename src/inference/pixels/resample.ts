import { StudioError } from '../../domain/errors.ts'
import type { Box } from '../../domain/geometry.ts'
import { createRaster, type Raster } from './raster.ts'

/**
 * area: exact mean over the covered source pixels; bilinear: triangle; cubic: Catmull-Rom (Keys 1981, a = −0.5);
 * lanczos3: windowed sinc. The last two overshoot at edges, so mattes want one of the first two.
 */
export type Kernel = 'area' | 'bilinear' | 'cubic' | 'lanczos3'

const RADIUS: Readonly<Record<Exclude<Kernel, 'area'>, number>> = { bilinear: 1, cubic: 2, lanczos3: 3 }

/** Value of a kernel at distance `t` source pixels, unnormalised. */
export function kernelValue(kernel: Exclude<Kernel, 'area'>, t: number): number {
  const x = Math.abs(t)
  switch (kernel) {
    case 'bilinear':
      return Math.max(0, 1 - x)
    case 'cubic':
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
    case 'lanczos3': {
      if (x === 0) return 1
      const p = Math.PI * x
      return x < 3 ? (3 * Math.sin(p) * Math.sin(p / 3)) / (p * p) : 0
    }
  }
}

/** For every output position: the first source position and `taps` weights that sum to 1. Edges repeat. */
export interface Taps {
  readonly taps: number
  readonly first: Int32Array
  readonly weights: Float32Array
}

/**
 * Weights that resample `from` positions to `to` positions, of which `count` are wanted, from `start` on.
 * When making smaller the kernel widens with the ratio, so that nothing aliases.
 */
export function resamplingTaps(from: number, to: number, kernel: Kernel, start = 0, count = to): Taps {
  const ratio = from / to
  const scale = Math.max(1, ratio)
  const reach = kernel === 'area' ? ratio / 2 : RADIUS[kernel] * scale
  const taps = Math.min(from, Math.ceil(2 * reach) + 1)
  const first = new Int32Array(count)
  const weights = new Float32Array(count * taps)
  const line = new Float64Array(taps)
  for (let at = 0; at < count; at++) {
    const centre = (start + at + 0.5) * ratio
    const begin = Math.floor(centre - reach + 1e-9)
    const base = Math.min(Math.max(begin, 0), from - taps)
    first[at] = base
    line.fill(0)
    let sum = 0
    for (let source = begin; source < centre + reach; source++) {
      const weight =
        kernel === 'area'
          ? Math.min(source + 1, centre + reach) - Math.max(source, centre - reach)
          : kernelValue(kernel, (source + 0.5 - centre) / scale)
      const tap = Math.min(Math.max(source, 0), from - 1) - base
      line[tap] = (line[tap] ?? 0) + weight
      sum += weight
    }
    for (let tap = 0; tap < taps; tap++) weights[at * taps + tap] = (line[tap] ?? 0) / sum
  }
  return { taps, first, weights }
}

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

/** Runs both passes with only the horizontally resampled rows in memory that the vertical kernel spans. */
function resampleInto(target: Raster, source: Raster, across: Taps, down: Taps): void {
  const span = target.width * target.channels
  const ring = Array.from({ length: down.taps }, () => new Float32Array(span))
  const held = new Int32Array(down.taps).fill(-1)
  for (let y = 0; y < target.height; y++) {
    const first = down.first[y] ?? 0
    const out = target.data.subarray(y * span, (y + 1) * span)
    for (let tap = 0; tap < down.taps; tap++) {
      const weight = down.weights[y * down.taps + tap] ?? 0
      if (weight === 0) continue
      const row = first + tap
      const slot = row % down.taps
      const line = ring[slot]
      if (line === undefined) continue
      if (held[slot] !== row) {
        resampleRow(line, source, row, across)
        held[slot] = row
      }
      for (let at = 0; at < span; at++) out[at] = (out[at] ?? 0) + (line[at] ?? 0) * weight
    }
  }
}

function resampleRow(line: Float32Array, source: Raster, row: number, across: Taps): void {
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
