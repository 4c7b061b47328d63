import { StudioError } from '../../domain/errors.ts'
import { boxPass } from './blur.ts'
import { createRaster, type Raster } from './raster.ts'
import { resize } from './resample.ts'

/**
 * Guided filter with a colour guide: the one-channel input, smoothed, with its edges moved to the edges of the guide.
 * He, Sun, Tang: "Guided image filtering", PAMI 35(6), 2013, eq. 19–21.
 *
 * @param guide 3 channels, about 0..1; its values set the scale of `epsilon`
 * @param input 1 channel, same size
 * @param radius of the windows, pixels
 * @param epsilon variance below which the guide counts as flat, e.g. 1e-4
 */
export function guidedFilter(guide: Raster, input: Raster, radius: number, epsilon: number): Raster {
  requireShapes(guide, input)
  return applyCoefficients(guide, guidedCoefficients(guide, input, radius, epsilon), guide.width, guide.height)
}

/**
 * A picture smoothed by itself where it varies less than √ε (eq. 19–21 with each of its channels as the input): edges
 * stay. The same as filtering its channels one by one, at less than half the cost.
 */
export function selfGuidedFilter(picture: Raster, radius: number, epsilon: number): Raster {
  const { width, height, data } = picture
  const pixels = width * height
  const moments = new Float32Array(pixels * OWN_MOMENTS)
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++, from += 3, to += OWN_MOMENTS) {
    const r = data[from] ?? 0
    const g = data[from + 1] ?? 0
    const b = data[from + 2] ?? 0
    moments[to] = r
    moments[to + 1] = g
    moments[to + 2] = b
    moments[to + 3] = r * r
    moments[to + 4] = r * g
    moments[to + 5] = r * b
    moments[to + 6] = g * g
    moments[to + 7] = g * b
    moments[to + 8] = b * b
  }
  const spare = new Float32Array(pixels * OWN_LINES)
  boxPass(moments, moments, spare, width, height, OWN_MOMENTS, radius)
  const lines = new Float32Array(pixels * OWN_LINES)
  for (let pixel = 0; pixel < pixels; pixel++) {
    solveOwn(lines, OWN_LINES * pixel, moments, OWN_MOMENTS * pixel, epsilon)
  }
  boxPass(lines, lines, spare, width, height, OWN_LINES, radius)
  const smooth = createRaster(width, height, 3)
  for (let pixel = 0, at = 0, from = 0; pixel < pixels; pixel++, at += 3, from += OWN_LINES) {
    const r = data[at] ?? 0
    const g = data[at + 1] ?? 0
    const b = data[at + 2] ?? 0
    for (let c = 0, line = from; c < 3; c++, line += 4) {
      smooth.data[at + c] =
        (lines[line] ?? 0) * r + (lines[line + 1] ?? 0) * g + (lines[line + 2] ?? 0) * b + (lines[line + 3] ?? 0)
    }
  }
  return smooth
}

/** r g b, rr rg rb gg gb bb; three times a and b. */
const OWN_MOMENTS = 9
const OWN_LINES = 12

/** With Σ the covariance of a window, (Σ + εU)⁻¹ Σ = U − ε (Σ + εU)⁻¹: one inverse serves all three channels. */
function solveOwn(lines: Float32Array, to: number, m: Float32Array, at: number, epsilon: number): void {
  const r = m[at] ?? 0
  const g = m[at + 1] ?? 0
  const b = m[at + 2] ?? 0
  const rr = (m[at + 3] ?? 0) - r * r + epsilon
  const rg = (m[at + 4] ?? 0) - r * g
  const rb = (m[at + 5] ?? 0) - r * b
  const gg = (m[at + 6] ?? 0) - g * g + epsilon
  const gb = (m[at + 7] ?? 0) - g * b
  const bb = (m[at + 8] ?? 0) - b * b + epsilon
  const rr1 = gg * bb - gb * gb
  const rg1 = gb * rb - rg * bb
  const rb1 = rg * gb - gg * rb
  const scale = epsilon / (rr * rr1 + rg * rg1 + rb * rb1)
  const a = 1 - scale * rr1
  const d = -scale * rg1
  const e = -scale * rb1
  const f = 1 - scale * (rr * bb - rb * rb)
  const h = -scale * (rb * rg - rr * gb)
  const i = 1 - scale * (rr * gg - rg * rg)
  lines[to] = a
  lines[to + 1] = d
  lines[to + 2] = e
  lines[to + 3] = r - a * r - d * g - e * b
  lines[to + 4] = d
  lines[to + 5] = f
  lines[to + 6] = h
  lines[to + 7] = g - d * r - f * g - h * b
  lines[to + 8] = e
  lines[to + 9] = h
  lines[to + 10] = i
  lines[to + 11] = b - e * r - h * g - i * b
}

/**
 * The same by way of a smaller copy: coefficients are found at 1/`subsample` of the size and enlarged.
 * He, Sun: "Fast guided filter", arXiv:1505.00996, 2015. About `subsample`² times faster.
 */
export function fastGuidedFilter(
  guide: Raster,
  input: Raster,
  radius: number,
  epsilon: number,
  subsample: number
): Raster {
  requireShapes(guide, input)
  const width = Math.max(1, Math.round(guide.width / subsample))
  const height = Math.max(1, Math.round(guide.height / subsample))
  const small = resize(guide, width, height, 'area')
  const smallInput = resize(input, width, height, 'area')
  const lines = guidedCoefficients(small, smallInput, Math.max(1, Math.round(radius / subsample)), epsilon)
  return applyCoefficients(guide, lines, width, height)
}

function requireShapes(guide: Raster, input: Raster): void {
  if (guide.channels !== 3 || input.channels !== 1 || guide.width !== input.width || guide.height !== input.height) {
    throw new StudioError('internal', 'A guided filter takes a picture and a mask of the same size.')
  }
}

/** Per pixel and interleaved: mean a (3 values) and mean b of eq. 21. */
export function guidedCoefficients(guide: Raster, input: Raster, radius: number, epsilon: number): Float32Array {
  const { width, height, data: colour } = guide
  const pixels = width * height
  const moments = gatherMoments(colour, input.data, pixels)
  const spare = new Float32Array(moments.length)
  boxPass(moments, moments, spare, width, height, MOMENTS, radius)
  const lines = new Float32Array(pixels * 4)
  for (let pixel = 0; pixel < pixels; pixel++) solve(lines, 4 * pixel, moments, MOMENTS * pixel, epsilon)
  boxPass(lines, lines, spare.subarray(0, lines.length), width, height, 4, radius)
  return lines
}

/** r g b, rr rg rb gg gb bb, p, rp gp bp. */
const MOMENTS = 13

function gatherMoments(colour: Float32Array, input: Float32Array, pixels: number): Float32Array {
  const moments = new Float32Array(pixels * MOMENTS)
  for (let pixel = 0, to = 0; pixel < pixels; pixel++, to += MOMENTS) {
    const r = colour[3 * pixel] ?? 0
    const g = colour[3 * pixel + 1] ?? 0
    const b = colour[3 * pixel + 2] ?? 0
    const p = input[pixel] ?? 0
    moments[to] = r
    moments[to + 1] = g
    moments[to + 2] = b
    moments[to + 3] = r * r
    moments[to + 4] = r * g
    moments[to + 5] = r * b
    moments[to + 6] = g * g
    moments[to + 7] = g * b
    moments[to + 8] = b * b
    moments[to + 9] = p
    moments[to + 10] = r * p
    moments[to + 11] = g * p
    moments[to + 12] = b * p
  }
  return moments
}

/** Solves the 3×3 system of one window (symmetric, by its adjugate). */
function solve(lines: Float32Array, to: number, m: Float32Array, at: number, epsilon: number): void {
  const r = m[at] ?? 0
  const g = m[at + 1] ?? 0
  const b = m[at + 2] ?? 0
  const rr = (m[at + 3] ?? 0) - r * r + epsilon
  const rg = (m[at + 4] ?? 0) - r * g
  const rb = (m[at + 5] ?? 0) - r * b
  const gg = (m[at + 6] ?? 0) - g * g + epsilon
  const gb = (m[at + 7] ?? 0) - g * b
  const bb = (m[at + 8] ?? 0) - b * b + epsilon
  const p = m[at + 9] ?? 0
  const rp = (m[at + 10] ?? 0) - r * p
  const gp = (m[at + 11] ?? 0) - g * p
  const bp = (m[at + 12] ?? 0) - b * p
  const rr1 = gg * bb - gb * gb
  const rg1 = gb * rb - rg * bb
  const rb1 = rg * gb - gg * rb
  const gg1 = rr * bb - rb * rb
  const gb1 = rb * rg - rr * gb
  const bb1 = rr * gg - rg * rg
  const scale = 1 / (rr * rr1 + rg * rg1 + rb * rb1)
  const a0 = (rr1 * rp + rg1 * gp + rb1 * bp) * scale
  const a1 = (rg1 * rp + gg1 * gp + gb1 * bp) * scale
  const a2 = (rb1 * rp + gb1 * gp + bb1 * bp) * scale
  lines[to] = a0
  lines[to + 1] = a1
  lines[to + 2] = a2
  lines[to + 3] = p - a0 * r - a1 * g - a2 * b
}

/** q = a·I + b at every pixel of the guide, the coefficients read bilinearly from their own grid. */
function applyCoefficients(guide: Raster, lines: Float32Array, width: number, height: number): Raster {
  const output = createRaster(guide.width, guide.height, 1)
  const colour = guide.data
  const across = neighbours(guide.width, width)
  const down = neighbours(guide.height, height)
  for (let y = 0, pixel = 0; y < guide.height; y++) {
    const top = (down.index[y] ?? 0) * width
    const bottom = Math.min((down.index[y] ?? 0) + 1, height - 1) * width
    const v = down.fraction[y] ?? 0
    for (let x = 0; x < guide.width; x++, pixel++) {
      const left = across.index[x] ?? 0
      const right = Math.min(left + 1, width - 1)
      const u = across.fraction[x] ?? 0
      const nw = 4 * (top + left)
      const ne = 4 * (top + right)
      const sw = 4 * (bottom + left)
      const se = 4 * (bottom + right)
      let q = 0
      for (let term = 0; term < 4; term++) {
        const upper = (lines[nw + term] ?? 0) * (1 - u) + (lines[ne + term] ?? 0) * u
        const lower = (lines[sw + term] ?? 0) * (1 - u) + (lines[se + term] ?? 0) * u
        const factor = term === 3 ? 1 : (colour[3 * pixel + term] ?? 0)
        q += (upper * (1 - v) + lower * v) * factor
      }
      output.data[pixel] = q
    }
  }
  return output
}

/** Left neighbour and fraction towards the right one, for every position of a finer line over a coarser one. */
function neighbours(fine: number, coarse: number): { index: Int32Array; fraction: Float32Array } {
  const index = new Int32Array(fine)
  const fraction = new Float32Array(fine)
  for (let at = 0; at < fine; at++) {
    const position = Math.min(Math.max(((at + 0.5) * coarse) / fine - 0.5, 0), coarse - 1)
    index[at] = Math.floor(position)
    fraction[at] = position - Math.floor(position)
  }
  return { index, fraction }
}
