import { StudioError } from '../../domain/errors.ts'
import { createRaster, type Raster } from './raster.ts'

/** Mean over a square of (2·radius + 1)² pixels, edges repeated. Its cost does not depend on the radius (0 or more, whole). */
export function boxBlur(raster: Raster, radius: number): Raster {
  if (!Number.isInteger(radius) || radius < 0) throw new StudioError('internal', `A box of radius ${radius}.`)
  return repeatedBox(raster, radius, 0, 1)
}

/** Below this a neighbour weighs less than e⁻³⁰. */
const NOTHING_BELOW = 0.125
/** Up to this standard deviation the kernel itself is run: its taps are few. */
const DIRECT_UP_TO = 2
const PASSES = 4

/**
 * Gaussian blur, standard deviation in pixels, edges repeated. Small ones are sampled to 4σ. Larger ones are four extended
 * boxes of exactly the right variance (Gwosdek, Grewenig, Bruhn, Weickert: "Theoretical foundations of Gaussian
 * convolution by extended box filtering", SSVM 2011): along either axis within 4 % of the peak of
 * a true Gaussian.
 */
export function gaussianBlur(raster: Raster, sigma: number): Raster {
  if (!(sigma >= 0)) throw new StudioError('internal', `A blur of ${sigma} pixels.`)
  if (sigma < NOTHING_BELOW) return { ...raster, data: raster.data.slice() }
  if (sigma <= DIRECT_UP_TO) return convolve(raster, gaussianTaps(sigma))
  const { radius, edge } = extendedBox(sigma, PASSES)
  return repeatedBox(raster, radius, edge, PASSES)
}

/** Whole radius and the weight of the two pixels beyond it, such that `passes` boxes have the variance σ². */
export function extendedBox(sigma: number, passes: number): { radius: number; edge: number } {
  const variance = (sigma * sigma) / passes
  const radius = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2)
  const width = 2 * radius + 1
  const edge = (width * (variance - (radius * (radius + 1)) / 3)) / (2 * ((radius + 1) ** 2 - variance))
  return { radius, edge }
}

function gaussianTaps(sigma: number): Float32Array {
  const reach = Math.ceil(4 * sigma)
  const taps = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma))
  )
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}

function repeatedBox(raster: Raster, radius: number, edge: number, passes: number): Raster {
  const { width, height, channels } = raster
  const target = createRaster(width, height, channels)
  const spare = new Float32Array(raster.data.length)
  boxPass(raster.data, target.data, spare, width, height, channels, radius, edge)
  for (let pass = 1; pass < passes; pass++)
    boxPass(target.data, target.data, spare, width, height, channels, radius, edge)
  return target
}

/**
 * One extended box, both directions, over any number of interleaved channels. `spare` is as long as the picture;
 * `target` may be `source`.
 */
export function boxPass(
  source: Float32Array,
  target: Float32Array,
  spare: Float32Array,
  width: number,
  height: number,
  channels: number,
  radius: number,
  edge = 0
): void {
  const norm = 1 / (2 * radius + 1 + 2 * edge)
  boxRows(source, spare, width, height, channels, radius, edge, norm)
  boxColumns(spare, target, width, height, channels, radius, edge, norm)
}

function boxRows(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  channels: number,
  radius: number,
  edge: number,
  norm: number
): void {
  const last = width - 1
  const sums = new Float64Array(channels)
  for (let y = 0; y < height; y++) {
    const row = y * width * channels
    sums.fill(0)
    for (let x = -radius; x <= radius; x++) {
      const at = row + Math.min(Math.max(x, 0), last) * channels
      for (let channel = 0; channel < channels; channel++)
        sums[channel] = (sums[channel] ?? 0) + (source[at + channel] ?? 0)
    }
    for (let x = 0; x < width; x++) {
      const before = row + Math.max(x - radius - 1, 0) * channels
      const after = row + Math.min(x + radius + 1, last) * channels
      const leaving = row + Math.max(x - radius, 0) * channels
      const to = row + x * channels
      for (let channel = 0; channel < channels; channel++) {
        const sum = sums[channel] ?? 0
        const next = source[after + channel] ?? 0
        target[to + channel] = (sum + edge * ((source[before + channel] ?? 0) + next)) * norm
        sums[channel] = sum + next - (source[leaving + channel] ?? 0)
      }
    }
  }
}

/** Row by row with one running sum per column, so that memory is read in order. */
function boxColumns(
  source: Float32Array,
  target: Float32Array,
  width: number,
  height: number,
  channels: number,
  radius: number,
  edge: number,
  norm: number
): void {
  const span = width * channels
  const last = height - 1
  const sums = new Float64Array(span)
  for (let y = -radius; y <= radius; y++) {
    const row = Math.min(Math.max(y, 0), last) * span
    for (let at = 0; at < span; at++) sums[at] = (sums[at] ?? 0) + (source[row + at] ?? 0)
  }
  for (let y = 0; y < height; y++) {
    const before = Math.max(y - radius - 1, 0) * span
    const after = Math.min(y + radius + 1, last) * span
    const leaving = Math.max(y - radius, 0) * span
    const row = y * span
    for (let at = 0; at < span; at++) {
      const sum = sums[at] ?? 0
      const next = source[after + at] ?? 0
      target[row + at] = (sum + edge * ((source[before + at] ?? 0) + next)) * norm
      sums[at] = sum + next - (source[leaving + at] ?? 0)
    }
  }
}

/** @param taps symmetric, an odd number: each pair of neighbours is read in one go */
function convolve(raster: Raster, taps: Float32Array): Raster {
  const { width, height, channels, data } = raster
  const reach = (taps.length - 1) / 2
  const span = width * channels
  const margin = reach * channels
  const target = createRaster(width, height, channels)
  const line = new Float32Array(span + 2 * margin)
  const middle = taps[reach] ?? 0
  for (let y = 0; y < height; y++) {
    const row = y * span
    for (let at = 0; at < span; at++) line[margin + at] = (data[row + at] ?? 0) * middle
    for (let step = 1; step <= reach; step++) {
      const weight = taps[reach + step] ?? 0
      const above = Math.max(y - step, 0) * span
      const below = Math.min(y + step, height - 1) * span
      for (let at = 0, to = margin; at < span; at++, to++) {
        line[to] = (line[to] ?? 0) + ((data[above + at] ?? 0) + (data[below + at] ?? 0)) * weight
      }
    }
    repeatEnds(line, margin, channels)
    for (let at = 0; at < span; at++) target.data[row + at] = (line[margin + at] ?? 0) * middle
    for (let step = 1; step <= reach; step++) {
      const weight = taps[reach + step] ?? 0
      const left = margin - step * channels
      const right = margin + step * channels
      for (let at = 0, to = row; at < span; at++, to++) {
        target.data[to] = (target.data[to] ?? 0) + ((line[left + at] ?? 0) + (line[right + at] ?? 0)) * weight
      }
    }
  }
  return target
}

function repeatEnds(line: Float32Array, margin: number, channels: number): void {
  for (let at = margin - 1; at >= 0; at--) line[at] = line[at + channels] ?? 0
  for (let at = line.length - margin; at < line.length; at++) line[at] = line[at - channels] ?? 0
}
