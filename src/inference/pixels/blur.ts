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
  const target = { ...raster, data: raster.data.slice() }
  for (let pass = 0; pass < passes; pass++) boxPass(target.data, width, height, channels, radius, edge)
  return target
}

/** One extended box, both directions, in place, over any number of interleaved channels. */
export function boxPass(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  radius: number,
  edge = 0
): void {
  const span = width * channels
  const last = height - 1
  const norm = 1 / (2 * radius + 1 + 2 * edge)
  // Rows that are averaged along themselves already and not yet left by the box: memory is read and written once.
  const rows = Array.from({ length: Math.min(height, 2 * radius + 3) }, () => new Float32Array(span))
  const held = (y: number) => rows[Math.min(Math.max(y, 0), last) % rows.length] ?? NO_ROW
  let next = 0
  const readTo = (y: number) => {
    for (; next <= Math.min(y, last); next++) boxRow(data, next * span, held(next), channels, radius, edge, norm)
  }
  readTo(radius)
  const sums = new Float64Array(span)
  for (let y = -radius; y <= radius; y++) addTo(sums, held(y))
  for (let y = 0; y < height; y++) {
    readTo(y + radius + 1)
    const row = data.subarray(y * span, (y + 1) * span)
    boxColumns(row, sums, held(y - radius - 1), held(y - radius), held(y + radius + 1), edge, norm)
  }
}

const NO_ROW = new Float32Array(0)

/** The box along one row, channel by channel. */
function boxRow(
  data: Float32Array,
  begin: number,
  target: Float32Array,
  channels: number,
  radius: number,
  edge: number,
  norm: number
): void {
  const last = target.length / channels - 1
  for (let channel = 0; channel < channels; channel++) {
    const first = begin + channel
    let sum = 0
    for (let x = -radius; x <= radius; x++) sum += data[first + Math.min(Math.max(x, 0), last) * channels] ?? 0
    for (let x = 0, to = channel; x <= last; x++, to += channels) {
      const next = data[first + Math.min(x + radius + 1, last) * channels] ?? 0
      const outside = edge === 0 ? 0 : edge * ((data[first + Math.max(x - radius - 1, 0) * channels] ?? 0) + next)
      target[to] = (sum + outside) * norm
      sum = sum + next - (data[first + Math.max(x - radius, 0) * channels] ?? 0)
    }
  }
}

function addTo(sums: Float64Array, row: Float32Array): void {
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (row[at] ?? 0)
}

/** One row of the box down the columns, from running sums of the rows it spans, which then move on. */
function boxColumns(
  target: Float32Array,
  sums: Float64Array,
  before: Float32Array,
  leaving: Float32Array,
  after: Float32Array,
  edge: number,
  norm: number
): void {
  for (let at = 0; at < sums.length; at++) {
    const sum = sums[at] ?? 0
    const next = after[at] ?? 0
    target[at] = (sum + edge * ((before[at] ?? 0) + next)) * norm
    sums[at] = sum + next - (leaving[at] ?? 0)
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
