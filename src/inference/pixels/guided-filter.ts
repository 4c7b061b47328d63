import { StudioError } from '../../domain/errors.ts'
import type { Raster } from './raster.ts'
import { boxPass } from './vector-passes.ts'

/**
 * The lines of a guided filter with a colour guide: the one-channel input with its edges moved to those of the guide is
 * q = a·I + b. He, Sun, Tang: "Guided image filtering", PAMI 35(6), 2013, eq. 19–21.
 *
 * @param guide 3 channels, about 0..1; its values set the scale of `epsilon`
 * @param input 1 channel, same size
 * @param radius of the windows, pixels
 * @param epsilon variance below which the guide counts as flat, e.g. 1e-4
 * @returns per pixel and interleaved: mean a (3 values) and mean b
 * @throws StudioError `internal` where the sizes differ
 */
export function guidedCoefficients(guide: Raster, input: Raster, radius: number, epsilon: number): Float32Array {
  requireShapes(guide, input)
  const { width, height, data: colour } = guide
  const pixels = width * height
  const moments = gatherMoments(colour, input.data, pixels)
  boxPass(moments, width, height, MOMENTS, radius)
  const lines = new Float32Array(pixels * 4)
  for (let pixel = 0; pixel < pixels; pixel++) solve(lines, 4 * pixel, moments, MOMENTS * pixel, epsilon)
  boxPass(lines, width, height, 4, radius)
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

function requireShapes(guide: Raster, input: Raster): void {
  if (guide.channels !== 3 || input.channels !== 1 || guide.width !== input.width || guide.height !== input.height) {
    throw new StudioError('internal', 'A guided filter takes a picture and a mask of the same size.')
  }
}
