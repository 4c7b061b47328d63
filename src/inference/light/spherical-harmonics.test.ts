import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { addLamp, lightOf } from './lamps.ts'
import { withReflector } from './reflector.ts'
import {
  darkness,
  type EnvironmentLight,
  HARMONICS,
  harmonicsOf,
  irradiance,
  panoramaLight
} from './spherical-harmonics.ts'

const AHEAD = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1]
] as const

/** A panorama whose radiance is a function of the unit direction: x right, y up, z ahead. */
function panorama(radiance: (x: number, y: number, z: number) => number): Raster {
  const [width, height] = [128, 64]
  const raster = createRaster(width, height, 3)
  for (let row = 0, at = 0; row < height; row++) {
    const latitude = Math.PI / 2 - ((row + 0.5) * Math.PI) / height
    for (let column = 0; column < width; column++, at += 3) {
      const longitude = ((column + 0.5) / width - 0.5) * 2 * Math.PI
      const direction = [
        Math.cos(latitude) * Math.sin(longitude),
        Math.sin(latitude),
        Math.cos(latitude) * Math.cos(longitude)
      ] as const
      raster.data.fill(radiance(...direction), at, at + 3)
    }
  }
  return raster
}

const on = (light: EnvironmentLight, x: number, y: number, z: number) => {
  const value = new Float64Array(3)
  const length = Math.hypot(x, y, z)
  irradiance(value, light, x / length, y / length, z / length)
  return value[1] ?? 0
}

const unit = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }))
  .map(([z, turn]) => [Math.sqrt(1 - z * z) * Math.cos(turn), Math.sqrt(1 - z * z) * Math.sin(turn), z] as const)

describe('spherical harmonics', () => {
  it('are orthonormal', () => {
    const steps = 200
    const sums = new Float64Array(HARMONICS * HARMONICS)
    const basis = new Float64Array(HARMONICS)
    for (let i = 0; i < steps; i++) {
      const z = -1 + (2 * (i + 0.5)) / steps
      for (let j = 0; j < steps; j++) {
        const turn = (2 * Math.PI * (j + 0.5)) / steps
        const r = Math.sqrt(1 - z * z)
        harmonicsOf(basis, r * Math.cos(turn), r * Math.sin(turn), z)
        for (let a = 0; a < HARMONICS; a++) {
          for (let b = 0; b < HARMONICS; b++) {
            const at = a * HARMONICS + b
            sums[at] = (sums[at] ?? 0) + ((basis[a] ?? 0) * (basis[b] ?? 0) * 4 * Math.PI) / (steps * steps)
          }
        }
      }
    }
    sums.forEach((value, at) => {
      expect(value).toBeCloseTo(at % (HARMONICS + 1) === 0 ? 1 : 0, 3)
    })
  })

  it('give π times the radiance of an even sphere on any surface', () => {
    const light = panoramaLight(
      panorama(() => 0.7),
      AHEAD
    )
    fc.assert(
      fc.property(unit, (normal) => {
        expect(on(light, ...normal)).toBeCloseTo(0.7 * Math.PI, 2)
      })
    )
  })

  it('give (1 + cos θ) π/2 under a white sky over black ground, to the percent the paper states', () => {
    const light = panoramaLight(
      panorama((_, y) => (y > 0 ? 1 : 0)),
      AHEAD
    )
    fc.assert(
      fc.property(unit, (normal) => {
        expect(Math.abs(on(light, ...normal) - (Math.PI / 2) * (1 + normal[1]))).toBeLessThan(0.02 * Math.PI)
      })
    )
  })

  it('light the side of the person that the picture shows the lamp on, and the back for what the camera sees', () => {
    const right = panoramaLight(
      panorama((x) => (x > 0.9 ? 1 : 0)),
      AHEAD
    )
    expect(on(right, 1, 0, 0.3)).toBeGreaterThan(3 * Math.abs(on(right, -1, 0, 0.3)))
    const seen = panoramaLight(
      panorama((_x, _y, z) => (z > 0.9 ? 1 : 0)),
      AHEAD
    )
    expect(on(seen, 0, 0, -1)).toBeGreaterThan(3 * Math.abs(on(seen, 0, 0, 1)))
  })

  it('follow the camera when it turns', () => {
    // Turned a quarter to the right, what was on the right is ahead: behind the person.
    const turned = panoramaLight(
      panorama((x) => (x > 0.9 ? 1 : 0)),
      [
        [0, 0, -1],
        [0, 1, 0],
        [1, 0, 0]
      ]
    )
    expect(on(turned, 0, 0, -1)).toBeGreaterThan(3 * Math.abs(on(turned, 1, 0, 0)))
  })
})

describe('a lamp', () => {
  it('gives its power to a surface that faces it and falls off as the cosine', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -80, max: 80, noNaN: true }),
        (azimuth, elevation) => {
          const light = darkness()
          addLamp(light, { azimuth, elevation, spread: 60, power: 2, kelvin: 6504 })
          const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180]
          const facing = on(light, Math.cos(e) * Math.sin(a), Math.sin(e), Math.cos(e) * Math.cos(a))
          expect(Math.abs(facing - 2)).toBeLessThan(0.1)
        }
      )
    )
  })

  it('is white at the white of the photo, warm below and cool above', () => {
    const balance = (kelvin: number) => {
      const { coefficients } = lightOf([], { power: 1, kelvin })
      return (coefficients[0] ?? 0) / (coefficients[2] ?? 1)
    }
    expect(Math.abs(balance(6504) - 1)).toBeLessThan(0.05)
    expect(balance(3200)).toBeGreaterThan(2)
    expect(balance(10000)).toBeLessThan(0.8)
  })
})

describe('the reflector', () => {
  it('keeps the front of a face from being darker than its sides, in any light', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(unit, fc.double({ min: 0, max: 5, noNaN: true })), { minLength: 1, maxLength: 4 }),
        (sky) => {
          const light = panoramaLight(
            panorama((x, y, z) =>
              sky.reduce((sum, [[a, b, c], power]) => sum + power * Math.max(0, a * x + b * y + c * z) ** 8, 0.05)
            ),
            AHEAD
          )
          const mean = (light.coefficients[1] ?? 0) * Math.PI * Math.sqrt(1 / (4 * Math.PI))
          expect(on(withReflector(light), 0, 0.2, 0.98)).toBeGreaterThan(1.1 * mean)
        }
      ),
      { numRuns: 20 }
    )
  })
})
