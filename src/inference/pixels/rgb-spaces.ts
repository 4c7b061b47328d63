/** Row-major 3×3 matrix. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number]

type Xy = readonly [number, number]

/** CIE 1931 xy chromaticities of an RGB space. */
export interface RgbPrimaries {
  readonly red: Xy
  readonly green: Xy
  readonly blue: Xy
  readonly white: Xy
}

/** CIE D65 as the RGB standards below round it. */
const D65: Xy = [0.3127, 0.329]

/** ITU-R BT.2020-2, table 3. */
export const REC2020: RgbPrimaries = { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 }
/** IEC 61966-2-1:1999. */
export const SRGB: RgbPrimaries = { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: D65 }
/** SMPTE EG 432-1 primaries with a D65 white, as in Apple's Display P3. */
export const DISPLAY_P3: RgbPrimaries = { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: D65 }

/** D50 of the ICC profile connection space (ICC.1:2022, 7.2.16), XYZ with Y = 1. */
export const XYZ_D50 = [0.9642, 1, 0.8249] as const

export function multiplyMatrices(left: Matrix3, right: Matrix3): Matrix3 {
  const [a, b, c, d, e, f, g, h, i] = left
  const [j, k, l, m, n, o, p, q, r] = right
  return [
    a * j + b * m + c * p,
    a * k + b * n + c * q,
    a * l + b * o + c * r,
    d * j + e * m + f * p,
    d * k + e * n + f * q,
    d * l + e * o + f * r,
    g * j + h * m + i * p,
    g * k + h * n + i * q,
    g * l + h * o + i * r
  ]
}

export function invertMatrix(matrix: Matrix3): Matrix3 {
  const [a, b, c, d, e, f, g, h, i] = matrix
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  const s = 1 / determinant
  return [
    (e * i - f * h) * s,
    (c * h - b * i) * s,
    (b * f - c * e) * s,
    (f * g - d * i) * s,
    (a * i - c * g) * s,
    (c * d - a * f) * s,
    (d * h - e * g) * s,
    (b * g - a * h) * s,
    (a * e - b * d) * s
  ]
}

const xyz = ([x, y]: Xy): readonly [number, number, number] => [x / y, 1, (1 - x - y) / y]

/** Linear RGB to XYZ relative to the space's own white (SMPTE RP 177-1993). */
export function rgbToXyz(primaries: RgbPrimaries): Matrix3 {
  const [rx, ry, rz] = xyz(primaries.red)
  const [gx, gy, gz] = xyz(primaries.green)
  const [bx, by, bz] = xyz(primaries.blue)
  const [wx, wy, wz] = xyz(primaries.white)
  const columns: Matrix3 = [rx, gx, bx, ry, gy, by, rz, gz, bz]
  const [a, b, c, d, e, f, g, h, i] = invertMatrix(columns)
  const r = a * wx + b * wy + c * wz
  const gr = d * wx + e * wy + f * wz
  const bl = g * wx + h * wy + i * wz
  return [rx * r, gx * gr, bx * bl, ry * r, gy * gr, by * bl, rz * r, gz * gr, bz * bl]
}

/** Bradford cone responses (ICC.1:2022, annex E). */
const BRADFORD: Matrix3 = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296]

function bradfordAdaptation(from: readonly [number, number, number], to: readonly [number, number, number]): Matrix3 {
  const [a, b, c, d, e, f, g, h, i] = BRADFORD
  const ratio = (m: number, n: number, o: number) =>
    (m * to[0] + n * to[1] + o * to[2]) / (m * from[0] + n * from[1] + o * from[2])
  const scale: Matrix3 = [ratio(a, b, c), 0, 0, 0, ratio(d, e, f), 0, 0, 0, ratio(g, h, i)]
  return multiplyMatrices(invertMatrix(BRADFORD), multiplyMatrices(scale, BRADFORD))
}

export const XYZ_D65_TO_D50 = bradfordAdaptation(xyz(D65), XYZ_D50)
export const XYZ_D50_TO_D65 = invertMatrix(XYZ_D65_TO_D50)

export const REC2020_TO_XYZ = rgbToXyz(REC2020)
export const XYZ_TO_REC2020 = invertMatrix(REC2020_TO_XYZ)
export const REC2020_TO_SRGB = multiplyMatrices(invertMatrix(rgbToXyz(SRGB)), REC2020_TO_XYZ)
export const SRGB_TO_REC2020 = invertMatrix(REC2020_TO_SRGB)
export const REC2020_TO_P3 = multiplyMatrices(invertMatrix(rgbToXyz(DISPLAY_P3)), REC2020_TO_XYZ)
/** From the ICC profile connection space, D50, to the working space. */
export const PCS_TO_REC2020 = multiplyMatrices(XYZ_TO_REC2020, XYZ_D50_TO_D65)

const [, , , LUMINANCE_RED, LUMINANCE_GREEN, LUMINANCE_BLUE] = REC2020_TO_XYZ

/** Relative luminance Y of a linear Rec. 2020 colour, 1 at white. */
export function luminance(r: number, g: number, b: number): number {
  return LUMINANCE_RED * r + LUMINANCE_GREEN * g + LUMINANCE_BLUE * b
}

/** Applies `matrix` to every RGB triple, in place. */
export function applyMatrix(data: Float32Array, matrix: Matrix3): void {
  const [a, b, c, d, e, f, g, h, i] = matrix
  for (let at = 0; at + 2 < data.length; at += 3) {
    const x = data[at] ?? 0
    const y = data[at + 1] ?? 0
    const z = data[at + 2] ?? 0
    data[at] = a * x + b * y + c * z
    data[at + 1] = d * x + e * y + f * z
    data[at + 2] = g * x + h * y + i * z
  }
}
