import { fromOklab, toOklab } from './oklab.ts'
import type { Matrix3 } from './rgb-spaces.ts'

/** Excess that counts as rounding and is simply clipped: half an 8-bit step in the darkest, steepest part of sRGB. */
const TOLERANCE = 0.5 / 255 / 12.92
/** Each step halves the error in chroma; ten leave less than a thousandth. */
const BISECTIONS = 10

const lab = new Float64Array(3)
const rgb = new Float64Array(3)

/**
 * Converts the linear Rec. 2020 values of `source` by `matrix` into another RGB space, pixels `first` to `last`, and
 * pulls what lies outside that space into it: hue and lightness stay, chroma shrinks in Oklab until the colour fits
 * (gamut mapping as in CSS Color 4, §13, by bisection). Results are in 0..1.
 */
export function convertIntoGamut(
  source: Float32Array,
  target: Float32Array,
  matrix: Matrix3,
  first: number,
  last: number
): void {
  const [a, b, c, d, e, f, g, h, i] = matrix
  for (let pixel = first, to = 0; pixel < last; pixel++, to += 3) {
    const x = source[3 * pixel] ?? 0
    const y = source[3 * pixel + 1] ?? 0
    const z = source[3 * pixel + 2] ?? 0
    const red = a * x + b * y + c * z
    const green = d * x + e * y + f * z
    const blue = g * x + h * y + i * z
    const least = Math.min(red, green, blue)
    const most = Math.max(red, green, blue)
    if (least >= 0 && most <= 1) {
      target[to] = red
      target[to + 1] = green
      target[to + 2] = blue
    } else if (least >= -TOLERANCE && most <= 1 + TOLERANCE) {
      target[to] = Math.min(1, Math.max(0, red))
      target[to + 1] = Math.min(1, Math.max(0, green))
      target[to + 2] = Math.min(1, Math.max(0, blue))
    } else {
      shrinkChroma(target, to, matrix, x, y, z)
    }
  }
}

function inside(r: number, g: number, b: number): boolean {
  return Math.min(r, g, b) >= -TOLERANCE && Math.max(r, g, b) <= 1 + TOLERANCE
}

const clip = (v: number) => (v > 0 ? Math.min(v, 1) : 0)

function shrinkChroma(target: Float32Array, to: number, matrix: Matrix3, x: number, y: number, z: number): void {
  toOklab(lab, 0, x, y, z)
  const lightness = lab[0] ?? 0
  const a = lab[1] ?? 0
  const b = lab[2] ?? 0
  if (!(lightness > 0) || lightness >= 1) {
    target.fill(lightness >= 1 ? 1 : 0, to, to + 3)
    return
  }
  let fits = 0
  let tooMuch = 1
  for (let step = 0; step < BISECTIONS; step++) {
    const chroma = (fits + tooMuch) / 2
    if (fitsAt(matrix, lightness, a * chroma, b * chroma)) fits = chroma
    else tooMuch = chroma
  }
  fitsAt(matrix, lightness, a * fits, b * fits)
  for (let channel = 0; channel < 3; channel++) target[to + channel] = clip(rgb[channel] ?? 0)
}

function fitsAt(matrix: Matrix3, lightness: number, a: number, b: number): boolean {
  fromOklab(rgb, 0, lightness, a, b)
  const x = rgb[0] ?? 0
  const y = rgb[1] ?? 0
  const z = rgb[2] ?? 0
  rgb[0] = matrix[0] * x + matrix[1] * y + matrix[2] * z
  rgb[1] = matrix[3] * x + matrix[4] * y + matrix[5] * z
  rgb[2] = matrix[6] * x + matrix[7] * y + matrix[8] * z
  return inside(rgb[0], rgb[1], rgb[2])
}
