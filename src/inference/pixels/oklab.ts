import { cubeRoot } from './cube-root.ts'
import type { Raster } from './raster.ts'
import { invertMatrix, type Matrix3, multiplyMatrices, REC2020_TO_XYZ } from './rgb-spaces.ts'

/** XYZ (D65) to cone responses, and those cube-rooted to Lab: https://bottosson.github.io/posts/oklab/ */
const XYZ_TO_LMS: Matrix3 = [
  0.8189330101, 0.3618667424, -0.1288597137, 0.0329845436, 0.9293118715, 0.0361456387, 0.0482003018, 0.2643662691,
  0.633851707
]
const LMS_TO_LAB: Matrix3 = [
  0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662,
  -0.808675766
]

const TO_LMS = multiplyMatrices(XYZ_TO_LMS, REC2020_TO_XYZ)
const FROM_LMS = invertMatrix(TO_LMS)
const FROM_LAB = invertMatrix(LMS_TO_LAB)

const [A, B, C, D, E, F, G, H, I] = TO_LMS
const [J, K, L, M, N, O, P, Q, R] = LMS_TO_LAB
const [A1, B1, C1, D1, E1, F1, G1, H1, I1] = FROM_LMS
const [J1, K1, L1, M1, N1, O1, P1, Q1, R1] = FROM_LAB

/**
 * Writes the Oklab colour (L 0..1, a, b) of a linear Rec. 2020 colour into `target` at `at`.
 * Negative cone responses, of colours outside the visible gamut, keep their sign.
 */
export function toOklab(target: Float32Array | Float64Array, at: number, r: number, g: number, b: number): void {
  const l = cubeRoot(A * r + B * g + C * b)
  const m = cubeRoot(D * r + E * g + F * b)
  const s = cubeRoot(G * r + H * g + I * b)
  target[at] = J * l + K * m + L * s
  target[at + 1] = M * l + N * m + O * s
  target[at + 2] = P * l + Q * m + R * s
}

/** Writes the linear Rec. 2020 colour of an Oklab colour into `target` at `at`. */
export function fromOklab(
  target: Float32Array | Float64Array,
  at: number,
  lightness: number,
  a: number,
  b: number
): void {
  const long = J1 * lightness + K1 * a + L1 * b
  const medium = M1 * lightness + N1 * a + O1 * b
  const short = P1 * lightness + Q1 * a + R1 * b
  // Products: a power costs ten times as much, and pictures have millions of pixels.
  const l = long * long * long
  const m = medium * medium * medium
  const s = short * short * short
  target[at] = A1 * l + B1 * m + C1 * s
  target[at + 1] = D1 * l + E1 * m + F1 * s
  target[at + 2] = G1 * l + H1 * m + I1 * s
}

/** The whole picture in Oklab, interleaved L, a, b. */
export function rasterToOklab(raster: Raster): Float32Array {
  const { data } = raster
  const lab = new Float32Array(data.length)
  for (let at = 0; at < data.length; at += 3) toOklab(lab, at, data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
  return lab
}
