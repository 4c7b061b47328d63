import type { Raster } from '../pixels/raster.ts'

/**
 * Light from all around in nine real spherical harmonics per channel, in the camera's frame: x to the right of the
 * picture, y up, z towards the camera. Ramamoorthi and Hanrahan, "An efficient representation for irradiance
 * environment maps", SIGGRAPH 2001: they give the irradiance of a matt surface to about 1 %.
 */
export interface EnvironmentLight {
  /** 9 × 3, harmonic by harmonic (l, m) = (0,0) (1,−1) (1,0) (1,1) (2,−2) … (2,2), interleaved linear Rec. 2020. */
  readonly coefficients: Float64Array
}

export const HARMONICS = 9

/** Normalisation of the real harmonics: √(1/4π), √(3/4π), √(15/4π), √(5/16π), √(15/16π). */
const K0 = Math.sqrt(1 / (4 * Math.PI))
const K1 = Math.sqrt(3 / (4 * Math.PI))
const K2 = Math.sqrt(15 / (4 * Math.PI))
const K20 = Math.sqrt(5 / (16 * Math.PI))
const K22 = Math.sqrt(15 / (16 * Math.PI))

/** Convolution with the clamped cosine, per harmonic (ibid., eq. 8: π, 2π/3, π/4). */
const COSINE = [0, 1, 1, 1, 2, 2, 2, 2, 2].map((band) => [Math.PI, (2 * Math.PI) / 3, Math.PI / 4][band] ?? 0)

/** Writes the nine harmonics of a unit direction. */
export function harmonicsOf(target: Float64Array, x: number, y: number, z: number): void {
  target[0] = K0
  target[1] = K1 * y
  target[2] = K1 * z
  target[3] = K1 * x
  target[4] = K2 * x * y
  target[5] = K2 * y * z
  target[6] = K20 * (3 * z * z - 1)
  target[7] = K2 * x * z
  target[8] = K22 * (x * x - y * y)
}

const basis = new Float64Array(HARMONICS)

/** Adds light of `radiance` per channel from a unit direction that covers `solidAngle` steradians. */
export function addLight(
  light: EnvironmentLight,
  direction: readonly [number, number, number],
  radiance: readonly [number, number, number],
  solidAngle: number
): void {
  harmonicsOf(basis, ...direction)
  for (let i = 0; i < HARMONICS; i++) {
    for (let c = 0; c < 3; c++) {
      const at = 3 * i + c
      light.coefficients[at] = (light.coefficients[at] ?? 0) + (basis[i] ?? 0) * (radiance[c] ?? 0) * solidAngle
    }
  }
}

export const darkness = (): EnvironmentLight => ({ coefficients: new Float64Array(HARMONICS * 3) })

/**
 * Writes the irradiance on a matt surface with the unit normal (x, y, z) for each channel. Nine harmonics may dip below
 * zero opposite a strong lamp; callers bound it.
 */
export function irradiance(
  target: Float64Array,
  { coefficients }: EnvironmentLight,
  x: number,
  y: number,
  z: number
): void {
  harmonicsOf(basis, x, y, z)
  let r = 0
  let g = 0
  let b = 0
  for (let i = 0; i < HARMONICS; i++) {
    const weight = (basis[i] ?? 0) * (COSINE[i] ?? 0)
    r += weight * (coefficients[3 * i] ?? 0)
    g += weight * (coefficients[3 * i + 1] ?? 0)
    b += weight * (coefficients[3 * i + 2] ?? 0)
  }
  target[0] = r
  target[1] = g
  target[2] = b
}

/** A lamp that outshines the mean of its surroundings by more is cut down: it would cast harder light than nine harmonics hold. */
const LAMP_LIMIT = 400

/**
 * The light of an equirectangular panorama as it falls on someone in its middle.
 *
 * @param panorama linear Rec. 2020; a small copy made by averaging is enough
 * @param axes rows: the panorama's directions (x right, y up, z ahead) of the camera's right, up and view direction
 */
export function panoramaLight(
  panorama: Raster,
  axes: readonly (readonly [number, number, number])[]
): EnvironmentLight {
  const { width, height, data } = panorama
  const light = darkness()
  const [right = [1, 0, 0], up = [0, 1, 0], ahead = [0, 0, 1]] = axes
  const dot = (axis: readonly number[], x: number, y: number, z: number) =>
    (axis[0] ?? 0) * x + (axis[1] ?? 0) * y + (axis[2] ?? 0) * z
  let sum = 0
  for (let at = 0; at < data.length; at++) sum += data[at] ?? 0
  const limit = (LAMP_LIMIT * sum) / data.length
  const cut = (value: number | undefined) => Math.min(limit, value ?? 0)
  for (let row = 0, at = 0; row < height; row++) {
    const latitude = Math.PI / 2 - ((row + 0.5) * Math.PI) / height
    const [sinLatitude, cosLatitude] = [Math.sin(latitude), Math.cos(latitude)]
    const solidAngle = (cosLatitude * Math.PI * 2 * Math.PI) / (height * width)
    for (let column = 0; column < width; column++, at += 3) {
      const longitude = ((column + 0.5) / width - 0.5) * 2 * Math.PI
      const x = cosLatitude * Math.sin(longitude)
      const z = cosLatitude * Math.cos(longitude)
      // Ahead of the camera is behind the person: the camera's z points at the camera.
      const direction = [
        dot(right, x, sinLatitude, z),
        dot(up, x, sinLatitude, z),
        -dot(ahead, x, sinLatitude, z)
      ] as const
      addLight(light, direction, [cut(data[at]), cut(data[at + 1]), cut(data[at + 2])], solidAngle)
    }
  }
  return light
}

/** The same light with the gain of each channel applied. */
export function scaleLight(
  { coefficients }: EnvironmentLight,
  gains: readonly [number, number, number]
): EnvironmentLight {
  return { coefficients: coefficients.map((value, at) => value * (gains[at % 3] ?? 1)) }
}

/** Both lights together, the second with a gain for each channel. */
export function addEnvironment(
  first: EnvironmentLight,
  second: EnvironmentLight,
  gains: readonly [number, number, number]
): EnvironmentLight {
  const added = scaleLight(second, gains).coefficients
  return { coefficients: first.coefficients.map((value, at) => value + (added[at] ?? 0)) }
}
