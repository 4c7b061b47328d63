import { blackBody } from './colour-temperature.ts'
import { darkness, type EnvironmentLight, HARMONICS, harmonicsOf } from './spherical-harmonics.ts'

/** A round lamp far away, by what a photographer sets. */
export interface Lamp {
  /** Degrees from the camera's side towards the right of the picture; 90 stands beside the person, 180 behind. */
  readonly azimuth: number
  /** Degrees above the face. */
  readonly elevation: number
  /** Degrees from the lamp's middle to its rim as the face sees it: small is hard, large is soft. */
  readonly spread: number
  /** Irradiance on a surface that faces it. */
  readonly power: number
  readonly kelvin: number
}

/** Light from everywhere alike: walls and sky. */
export interface Fill {
  readonly power: number
  readonly kelvin: number
}

/** √(4π/(2l + 1)): rotates a zonal function from the pole (Ramamoorthi and Hanrahan 2001, eq. 6). */
const ROTATION = [0, 1, 1, 1, 2, 2, 2, 2, 2].map((band) => Math.sqrt((4 * Math.PI) / (2 * band + 1)))
const RADIANS = Math.PI / 180

/** Adds a cap of even radiance; its zonal coefficients are the integrals of the Legendre polynomials up to its rim. */
export function addLamp(light: EnvironmentLight, lamp: Lamp): void {
  const rim = Math.cos(lamp.spread * RADIANS)
  const zonal = [
    2 * Math.PI * (1 - rim) * Math.sqrt(1 / (4 * Math.PI)),
    Math.PI * (1 - rim * rim) * Math.sqrt(3 / (4 * Math.PI)),
    Math.PI * (rim - rim ** 3) * Math.sqrt(5 / (4 * Math.PI))
  ]
  // Irradiance of the cap on a surface that faces it: π sin² of its spread.
  const radiance = lamp.power / (Math.PI * (1 - rim * rim))
  const colour = blackBody(lamp.kelvin)
  const direction = new Float64Array(HARMONICS)
  const [azimuth, elevation] = [lamp.azimuth * RADIANS, lamp.elevation * RADIANS]
  harmonicsOf(
    direction,
    Math.cos(elevation) * Math.sin(azimuth),
    Math.sin(elevation),
    Math.cos(elevation) * Math.cos(azimuth)
  )
  for (let i = 0; i < HARMONICS; i++) {
    const band = i === 0 ? 0 : i < 4 ? 1 : 2
    const value = radiance * (zonal[band] ?? 0) * (ROTATION[i] ?? 0) * (direction[i] ?? 0)
    for (let c = 0; c < 3; c++)
      light.coefficients[3 * i + c] = (light.coefficients[3 * i + c] ?? 0) + value * (colour[c] ?? 0)
  }
}

export function addFill(light: EnvironmentLight, fill: Fill): void {
  const colour = blackBody(fill.kelvin)
  // Even radiance L gives the irradiance πL; its only coefficient is L·√(4π).
  const coefficient = (fill.power / Math.PI) * Math.sqrt(4 * Math.PI)
  for (let c = 0; c < 3; c++) light.coefficients[c] = (light.coefficients[c] ?? 0) + coefficient * (colour[c] ?? 0)
}

export function lightOf(lamps: readonly Lamp[], fill: Fill): EnvironmentLight {
  const light = darkness()
  for (const lamp of lamps) addLamp(light, lamp)
  addFill(light, fill)
  return light
}
