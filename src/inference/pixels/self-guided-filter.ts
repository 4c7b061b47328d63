import { createRaster, type Raster } from './raster.ts'
import { boxPass } from './vector-passes.ts'

/**
 * A picture smoothed by itself where it varies less than √ε: edges stay. A guided filter (He, Sun, Tang 2013, eq. 19–21)
 * with the picture as its guide and each of its channels as the input, at less than half the cost of one by one.
 *
 * @param picture 3 channels
 * @param radius of the windows, pixels
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
  boxPass(moments, width, height, OWN_MOMENTS, radius)
  const lines = new Float32Array(pixels * OWN_LINES)
  for (let pixel = 0; pixel < pixels; pixel++) {
    solveOwn(lines, OWN_LINES * pixel, moments, OWN_MOMENTS * pixel, epsilon)
  }
  boxPass(lines, width, height, OWN_LINES, radius)
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
