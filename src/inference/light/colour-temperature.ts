import { luminance, XYZ_TO_REC2020 } from '../pixels/colour.ts'

/**
 * Linear Rec. 2020 of a black body of 1667..25000 K, at luminance 1. Chromaticity by the cubic splines of Kim et al.,
 * US patent 7024034, as in https://en.wikipedia.org/wiki/Planckian_locus#Approximation; relative to D65 as white.
 */
export function blackBody(kelvin: number): [number, number, number] {
  const t = 1e3 / kelvin
  const x =
    kelvin <= 4000
      ? -0.2661239 * t ** 3 - 0.234358 * t ** 2 + 0.8776956 * t + 0.17991
      : -3.0258469 * t ** 3 + 2.1070379 * t ** 2 + 0.2226347 * t + 0.24039
  const y =
    kelvin <= 2222
      ? -1.1063814 * x ** 3 - 1.3481102 * x ** 2 + 2.18555832 * x - 0.20219683
      : kelvin <= 4000
        ? -0.9549476 * x ** 3 - 1.37418593 * x ** 2 + 2.09137015 * x - 0.16748867
        : 3.081758 * x ** 3 - 5.8733867 * x ** 2 + 3.75112997 * x - 0.37001483
  const [a, b, c, d, e, f, g, h, i] = XYZ_TO_REC2020
  const [X, Z] = [x / y, (1 - x - y) / y]
  const rgb: [number, number, number] = [a * X + b + c * Z, d * X + e + f * Z, g * X + h + i * Z]
  const scale = 1 / luminance(...rgb)
  return [rgb[0] * scale, rgb[1] * scale, rgb[2] * scale]
}
