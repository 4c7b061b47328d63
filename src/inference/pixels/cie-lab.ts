import { type Matrix3, multiplyMatrices, REC2020, REC2020_TO_XYZ, XYZ_D50, XYZ_D65_TO_D50 } from './rgb-spaces.ts'

/** CIE 1976 L* (0..100), a*, b*. */
export interface Lab {
  readonly L: number
  readonly a: number
  readonly b: number
}

/** CIE 15:2018, 8.2.1: the cube root, and below 216/24389 the line that meets it smoothly. */
const EPSILON = 216 / 24389
const KAPPA = 24389 / 27
const f = (t: number) => (t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116)

function labOf(matrix: Matrix3, white: readonly [number, number, number], r: number, g: number, b: number): Lab {
  const x = f((matrix[0] * r + matrix[1] * g + matrix[2] * b) / white[0])
  const y = f((matrix[3] * r + matrix[4] * g + matrix[5] * b) / white[1])
  const z = f((matrix[6] * r + matrix[7] * g + matrix[8] * b) / white[2])
  return { L: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) }
}

const [WHITE_X, WHITE_Y] = REC2020.white
const WHITE_D65 = [WHITE_X / WHITE_Y, 1, (1 - WHITE_X - WHITE_Y) / WHITE_Y] as const
const REC2020_TO_XYZ_D50 = multiplyMatrices(XYZ_D65_TO_D50, REC2020_TO_XYZ)

/** CIE Lab under D65 of a linear Rec. 2020 colour. */
export function labD65(r: number, g: number, b: number): Lab {
  return labOf(REC2020_TO_XYZ, WHITE_D65, r, g, b)
}

/** CIE Lab under D50, as in ICC profiles and print, of a linear Rec. 2020 colour (Bradford-adapted). */
export function labD50(r: number, g: number, b: number): Lab {
  return labOf(REC2020_TO_XYZ_D50, XYZ_D50, r, g, b)
}

const DEGREE = Math.PI / 180
const POW_25_7 = 25 ** 7
const hueAngle = (b: number, a: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / DEGREE + 360) % 360)

/**
 * Colour difference CIEDE2000 with kL = kC = kH = 1; about 1 is just noticeable side by side.
 * Sharma, Wu, Dalal: "The CIEDE2000 color-difference formula", Color Research and Application 30(1), 2005.
 */
export function deltaE2000(first: Lab, second: Lab): number {
  const meanC = (Math.hypot(first.a, first.b) + Math.hypot(second.a, second.b)) / 2
  const stretch = 1 + 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + POW_25_7)))
  const a1 = first.a * stretch
  const a2 = second.a * stretch
  const c1 = Math.hypot(a1, first.b)
  const c2 = Math.hypot(a2, second.b)
  const h1 = hueAngle(first.b, a1)
  const h2 = hueAngle(second.b, a2)

  const grey = c1 * c2 === 0
  const turn = h2 - h1
  const deltaHue = grey ? 0 : Math.abs(turn) <= 180 ? turn : turn > 180 ? turn - 360 : turn + 360
  const deltaL = second.L - first.L
  const deltaC = c2 - c1
  const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin((deltaHue / 2) * DEGREE)

  const sum = h1 + h2
  const meanHue = grey ? sum : Math.abs(turn) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2
  const meanL = (first.L + second.L) / 2
  const meanC1 = (c1 + c2) / 2
  const t =
    1 -
    0.17 * Math.cos((meanHue - 30) * DEGREE) +
    0.24 * Math.cos(2 * meanHue * DEGREE) +
    0.32 * Math.cos((3 * meanHue + 6) * DEGREE) -
    0.2 * Math.cos((4 * meanHue - 63) * DEGREE)
  const offset = (meanL - 50) ** 2
  const sL = 1 + (0.015 * offset) / Math.sqrt(20 + offset)
  const sC = 1 + 0.045 * meanC1
  const sH = 1 + 0.015 * meanC1 * t
  const rotation =
    -2 *
    Math.sqrt(meanC1 ** 7 / (meanC1 ** 7 + POW_25_7)) *
    Math.sin(60 * Math.exp(-(((meanHue - 275) / 25) ** 2)) * DEGREE)
  return Math.sqrt(
    (deltaL / sL) ** 2 + (deltaC / sC) ** 2 + (deltaH / sH) ** 2 + rotation * (deltaC / sC) * (deltaH / sH)
  )
}
