import { luminance } from '../pixels/colour.ts'
import { addLamp } from './lamps.ts'
import { addEnvironment, darkness, type EnvironmentLight, irradiance } from './spherical-harmonics.ts'

/**
 * Light on the front of the face over the mean light of the place below which a photographer would hold up a
 * reflector: about what the usual light of a portrait has (photo-light.ts), so that the front is not dulled.
 */
const FRONT = 1.3
/** A large reflector beside the lens, a little below it; degrees. */
const REFLECTOR = { azimuth: 0, elevation: -8, spread: 55 }
/** The front of a face looks at the camera, brow and cheeks a little up. */
const FACE = [0, 0.2, 0.98] as const

/**
 * The light of a place with as much light thrown back from the camera's side, in the place's own colour, as keeps the
 * front of the face from being darker than its sides. Most places light a person from above and behind.
 */
export function withReflector(place: EnvironmentLight): EnvironmentLight {
  const value = new Float64Array(3)
  irradiance(value, place, ...FACE)
  const front = luminance(value[0] ?? 0, value[1] ?? 0, value[2] ?? 0)
  // Mean irradiance over all directions: π times the mean radiance.
  const mean = [0, 1, 2].map((c) => (place.coefficients[c] ?? 0) * Math.PI * Math.sqrt(1 / (4 * Math.PI)))
  const [r = 0, g = 0, b = 0] = mean
  const missing = FRONT * luminance(r, g, b) - front
  if (missing <= 0) return place
  const lamp = darkness()
  addLamp(lamp, { ...REFLECTOR, power: 1, kelvin: 6504 })
  irradiance(value, lamp, ...FACE)
  const given = luminance(value[0] ?? 0, value[1] ?? 0, value[2] ?? 0)
  const level = missing / (given * luminance(r, g, b))
  return addEnvironment(place, lamp, [r * level, g * level, b * level])
}
