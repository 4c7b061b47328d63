import { invertMatrix, luminance, type Matrix3 } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { darkness, type EnvironmentLight } from './spherical-harmonics.ts'

/** Fewer skin pixels tell nothing of the light. */
const LEAST_SAMPLES = 24
/** Shares of the skin, darkest and brightest, that say nothing of shape: beard, nostrils, brows; shine. */
const TRIMMED = { dark: 0.12, bright: 0.04 }
/**
 * What is assumed before anything is seen, as shares of the even light: most portraits are lit from above and in
 * front. Without it, light from above in the place would be laid over the same light in the photo.
 */
const USUAL = [0, 0.2, 0.3] as const
/**
 * Variances of the normals that the assumption weighs as much as; a frontal face shows about 0.08 across. Along the
 * camera's axis it is believed most: shading and the face's own colours cannot be told apart there.
 */
const PRIOR = { across: 0.012, up: 0.04, axis: 0.15 }
/** The directed part may be this share of the even part at most: beyond it cheeks would be divided by nothing. */
const MOST_DIRECTED = 0.75

/** E(n) = even + directed · n of a white matt surface, at one luminance for all channels. */
export interface PhotoLight {
  readonly even: number
  readonly directed: readonly [number, number, number]
}

/**
 * The light the photo was taken in, as far as the shading of the face tells: even light and one direction, fitted to
 * the luminance of the skin over its normals (Lambert; Basri and Jacobs, "Lambertian reflectance and linear
 * subspaces", PAMI 25(2), 2003: such a light explains most of a face's shading). Its strength is that of a skin that
 * reflects everything.
 *
 * @param skin weights, 1 channel, 0..1
 * @returns null where less skin is seen than tells anything
 */
export function estimatePhotoLight(person: Raster, normals: Raster, skin: Raster): PhotoLight | null {
  const samples = skinSamples(person, skin)
  if (samples.length < LEAST_SAMPLES) return null
  const mean = [0, 0, 0, 0]
  for (const { at, y } of samples) {
    for (let i = 0; i < 3; i++) mean[i] = (mean[i] ?? 0) + (normals.data[3 * at + i] ?? 0) / samples.length
    mean[3] = (mean[3] ?? 0) + y / samples.length
  }
  const [mx = 0, my = 0, mz = 0, brightness0 = 0] = mean
  const usual = USUAL.map((share) => share * brightness0)
  let [xx, xy, xz, yy, yz, zz] = [PRIOR.across, 0, 0, PRIOR.up, 0, PRIOR.axis]
  let [xl, yl, zl] = [PRIOR.across * (usual[0] ?? 0), PRIOR.up * (usual[1] ?? 0), PRIOR.axis * (usual[2] ?? 0)]
  for (const { at, y: brightness } of samples) {
    const x = (normals.data[3 * at] ?? 0) - mx
    const y = (normals.data[3 * at + 1] ?? 0) - my
    const z = (normals.data[3 * at + 2] ?? 0) - mz
    const l = (brightness - brightness0) / samples.length
    xx += (x * x) / samples.length
    xy += (x * y) / samples.length
    xz += (x * z) / samples.length
    yy += (y * y) / samples.length
    yz += (y * z) / samples.length
    zz += (z * z) / samples.length
    xl += x * l
    yl += y * l
    zl += z * l
  }
  const covariance: Matrix3 = [xx, xy, xz, xy, yy, yz, xz, yz, zz]
  const [a, b, c, d, e, f, g, h, i] = invertMatrix(covariance)
  const x = a * xl + b * yl + c * zl
  const y = d * xl + e * yl + f * zl
  const z = g * xl + h * yl + i * zl
  const even = Math.max(brightness0 - x * mx - y * my - z * mz, 0.3 * brightness0)
  const shrink = Math.min(1, (MOST_DIRECTED * even) / Math.max(Math.hypot(x, y, z), 1e-9))
  return { even, directed: [x * shrink, y * shrink, z * shrink] }
}

interface Sample {
  readonly at: number
  readonly y: number
}

function skinSamples(person: Raster, skin: Raster): Sample[] {
  const samples: Sample[] = []
  for (let at = 0; at < skin.data.length; at++) {
    if ((skin.data[at] ?? 0) < 0.6) continue
    const y = luminance(person.data[3 * at] ?? 0, person.data[3 * at + 1] ?? 0, person.data[3 * at + 2] ?? 0)
    if (y > 0) samples.push({ at, y })
  }
  samples.sort((a, b) => a.y - b.y)
  return samples.slice(Math.floor(TRIMMED.dark * samples.length), Math.ceil((1 - TRIMMED.bright) * samples.length))
}

/** The same light in spherical harmonics. */
export function photoEnvironment({ even, directed: [x, y, z] }: PhotoLight): EnvironmentLight {
  const light = darkness()
  // Irradiance to radiance: divided by the harmonics' factors and by the cosine's π and 2π/3.
  const constant = 1 / (Math.PI * Math.sqrt(1 / (4 * Math.PI)))
  const linear = 1 / (((2 * Math.PI) / 3) * Math.sqrt(3 / (4 * Math.PI)))
  const bands = [even * constant, y * linear, z * linear, x * linear]
  bands.forEach((value, band) => {
    light.coefficients.fill(value, 3 * band, 3 * band + 3)
  })
  return light
}
