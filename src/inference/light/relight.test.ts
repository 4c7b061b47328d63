import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIGHTINGS } from '../../domain/parameters/lighting.ts'
import type { FaceMesh } from '../faces/face.ts'
import { FACE_OVAL } from '../faces/mesh-indices.ts'
import { luminance, toOklab } from '../pixels/colour.ts'
import { farthest, range } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { personNormals } from './normals.ts'
import { estimatePhotoLight, photoEnvironment } from './photo-light.ts'
import { lightPreset } from './presets.ts'
import { type RelightRequest, readSurface, relight, type SurfaceRequest } from './relight.ts'
import { limitOnSkin, SKIN_LIMITS } from './skin-limit.ts'
import { type EnvironmentLight, irradiance } from './spherical-harmonics.ts'

const [WIDTH, HEIGHT] = [160, 200]
const CENTRE = { x: 80, y: 80 }
const [ACROSS, DOWN] = [36, 48]

/** A face as half of an ellipsoid, with the real outline's indices on its rim and the others spread over it. */
function ellipsoid(): FaceMesh {
  const points = Array.from({ length: 468 }, (_, index) => {
    const rim = FACE_OVAL.indexOf(index)
    const turn = rim >= 0 ? (2 * Math.PI * rim) / FACE_OVAL.length : index * 2.399963
    const radius = rim >= 0 ? 1 : Math.sqrt((index + 0.5) / 468) * 0.97
    return {
      x: CENTRE.x + ACROSS * radius * Math.sin(turn),
      y: CENTRE.y - DOWN * radius * Math.cos(turn),
      z: -40 * Math.sqrt(Math.max(0, 1 - radius * radius))
    }
  })
  return { points, presence: 1 }
}

const mesh = ellipsoid()
const SKIN = [0.42, 0.27, 0.19] as const

type Scene = SurfaceRequest & RelightRequest
const relit = (scene: Scene) => relight(readSurface(scene), scene)

/** Head on shoulders, its skin lit by `light`; even light where there is none. */
function scene(light?: EnvironmentLight): Scene {
  const person = createRaster(WIDTH, HEIGHT, 3)
  const matte = createRaster(WIDTH, HEIGHT, 1)
  const skin = createRaster(WIDTH, HEIGHT, 1)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const head = Math.hypot((x - CENTRE.x) / (ACROSS + 8), (y - CENTRE.y) / (DOWN + 10)) < 1
      const isSkin = Math.hypot((x - CENTRE.x) / ACROSS, (y - CENTRE.y) / DOWN) < 1
      const body = y > 140 && Math.abs(x - CENTRE.x) < 65
      matte.data[y * WIDTH + x] = head || body ? 1 : 0
      skin.data[y * WIDTH + x] = isSkin ? 1 : 0
    }
  }
  const { normals } = personNormals(matte, mesh)
  const value = new Float64Array(3).fill(1)
  for (let at = 0; at < matte.data.length; at++) {
    if (light) irradiance(value, light, ...normalAt(normals, at))
    for (let c = 0; c < 3; c++) person.data[3 * at + c] = (SKIN[c] ?? 0) * (value[c] ?? 0)
  }
  return { person, matte, skin, mesh, light: null, settings: { 'light.strength': 1, 'light.tint': 1 } }
}

const normalAt = ({ data }: Raster, at: number) =>
  [data[3 * at] ?? 0, data[3 * at + 1] ?? 0, data[3 * at + 2] ?? 0] as const

const fromDirection = (x: number, y: number, z: number) => photoEnvironment({ even: 0.6, directed: [x, y, z] })

const anyLight = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 27, maxLength: 27 })
  .map((values): EnvironmentLight => {
    const coefficients = Float64Array.from(values)
    for (let c = 0; c < 3; c++) coefficients[c] = 0.5 + 2.5 * Math.abs(values[c] ?? 0)
    return { coefficients }
  })

/** Light as places throw it, in any tint: what comes from all sides outweighs what comes from one. */
const anyPlace = fc
  .record({
    even: fc.array(fc.double({ min: 0.5, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
    rest: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 })
  })
  .map(({ even, rest }): EnvironmentLight => {
    const length = Math.max(1, Math.hypot(...rest))
    const share = 0.5
    return {
      coefficients: Float64Array.from([...even, ...rest.map((v, at) => (share * v * (even[at % 3] ?? 0)) / length)])
    }
  })

/** Largest distance of any value from 1. */
const farFromOne = (data: Float32Array) => data.reduce((most, value) => Math.max(most, Math.abs(value - 1)), 0)

/** Mean ratio of the green channel over a box of the map, in shares of the frame. */
function meanGain(ratio: Raster, left: number, right: number): number {
  let sum = 0
  let count = 0
  for (let y = Math.round(0.3 * ratio.height); y < 0.5 * ratio.height; y++) {
    for (let x = Math.round(left * ratio.width); x < right * ratio.width; x++, count++) {
      sum += ratio.data[3 * (y * ratio.width + x) + 1] ?? 0
    }
  }
  return sum / count
}

describe('personNormals', () => {
  it('has the normals of the face, of unit length, turned outwards on every side', () => {
    const { normals } = personNormals(scene().matte, mesh)
    const lengths = Float32Array.from({ length: WIDTH * HEIGHT }, (_, at) => Math.hypot(...normalAt(normals, at)))
    expect(farFromOne(lengths)).toBeLessThan(1e-4)
    const at = (x: number, y: number) => normalAt(normals, y * WIDTH + x)
    expect(at(80, 80)[2]).toBeGreaterThan(0.97)
    expect(at(104, 80)[0]).toBeGreaterThan(0.3)
    expect(at(56, 80)[0]).toBeLessThan(-0.3)
    expect(at(80, 48)[1]).toBeGreaterThan(0.3)
    expect(at(80, 112)[1]).toBeLessThan(-0.3)
  })
})

describe('estimatePhotoLight', () => {
  it('finds the side, the height and about the strength of the light', () => {
    const { person, matte, skin } = scene(fromDirection(0.3, 0.15, 0.1))
    const found = estimatePhotoLight(person, personNormals(matte, mesh).normals, skin)
    const [x = 0, y = 0] = found?.directed ?? []
    expect(x / (found?.even ?? 1)).toBeGreaterThan(0.3)
    expect(x / (found?.even ?? 1)).toBeLessThan(0.7)
    expect(y / x).toBeCloseTo(0.5, 0)
  })

  it('says nothing where no skin is seen', () => {
    const { person, matte } = scene()
    expect(estimatePhotoLight(person, personNormals(matte, mesh).normals, createRaster(WIDTH, HEIGHT, 1))).toBeNull()
  })
})

describe('relight', () => {
  it('changes nothing where the place throws the same light, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        (x, y) => {
          // Bright enough in front for the reflector to stay away.
          const light = fromDirection(x, y, 0.35)
          const { ratio } = relit({ ...scene(light), light, photoLight: light })
          expect(farFromOne(ratio.data)).toBeLessThan(0.005)
        }
      ),
      { numRuns: 8 }
    )
  })

  it('leaves a photo as it is where neither place nor lamps light it', () => {
    expect(relit(scene()).ratio.data.every((value) => value === 1)).toBe(true)
  })

  it('brightens the side the new light comes from and darkens the other', () => {
    const { ratio } = relit({ ...scene(fromDirection(0, 0, 0.2)), light: fromDirection(0.5, 0, 0.3) })
    expect(meanGain(ratio, 0.58, 0.68)).toBeGreaterThan(1.05)
    expect(meanGain(ratio, 0.32, 0.42)).toBeLessThan(0.95)
  })

  it('takes a light from the side away again that the place does not have', () => {
    const { ratio } = relit({ ...scene(fromDirection(0.4, 0, 0.2)), light: fromDirection(0, 0, 0.35) })
    expect(meanGain(ratio, 0.58, 0.68)).toBeLessThan(meanGain(ratio, 0.32, 0.42))
  })

  it('does nothing at a strength and tint of 0', () => {
    fc.assert(
      fc.property(anyLight, (light) => {
        const settings = { 'light.strength': 0, 'light.tint': 0 }
        expect(farFromOne(relit({ ...scene(), light, settings }).ratio.data)).toBeLessThan(5e-4)
      }),
      { numRuns: 4 }
    )
  })

  it('keeps the exposure of the face in any place, and gives the same map from the same light', () => {
    fc.assert(
      fc.property(anyPlace, (light) => {
        const request = { ...scene(), light }
        const { ratio } = relit(request)
        let [sum, total] = [0, 0]
        for (let pixel = 0; pixel < request.skin.data.length; pixel++) {
          const share = request.skin.data[pixel] ?? 0
          const gain = (c: number) => (SKIN[c] ?? 0) * (ratio.data[3 * pixel + c] ?? 0)
          sum += share * luminance(gain(0), gain(1), gain(2))
          total += share * luminance(...SKIN)
        }
        // A tint keeps the luminance of white, and skin is not white: under a strong one it gains or loses a third of a
        // stop, and light from one side costs some, since bright sides are held sooner than dark ones.
        expect(Math.abs(Math.log2(sum / total))).toBeLessThan(1 / 2)
        expect(range(ratio.data).least).toBeGreaterThan(0)
        expect(farthest(relit(request).ratio.data, ratio.data)).toBe(0)
      }),
      { numRuns: 8 }
    )
  })

  it('puts the key light of a set-up where the light of the photo comes from', () => {
    for (const side of [1, -1]) {
      const { ratio } = relit({ ...scene(fromDirection(0.25 * side, 0, 0.2)), lighting: 'dramatic' })
      const [left, right] = [meanGain(ratio, 0.32, 0.42), meanGain(ratio, 0.58, 0.68)]
      expect(Math.sign(right - left)).toBe(side)
    }
  })

  it('moves skin no further than its limits, in any light and set-up', () => {
    const lightings = LIGHTINGS.map(({ id }) => id)
    fc.assert(
      fc.property(anyLight, fc.constantFrom(...lightings), (light, lighting) => {
        const request = scene()
        const { ratio } = relit({ ...request, light, lighting })
        const [before, after] = [new Float64Array(3), new Float64Array(3)]
        toOklab(before, 0, ...SKIN)
        let [lighter, darker, turned] = [0, 0, 0]
        for (let y = 60; y < 100; y++) {
          for (let x = 60; x < 100; x++) {
            const at = 3 * (y * ratio.width + x)
            const gain = (c: number) => (SKIN[c] ?? 0) * (ratio.data[at + c] ?? 0)
            toOklab(after, 0, gain(0), gain(1), gain(2))
            const step = (after[0] ?? 0) - (before[0] ?? 0)
            lighter = Math.max(lighter, step)
            darker = Math.max(darker, -step)
            const turn = Math.atan2(after[2] ?? 0, after[1] ?? 0) - Math.atan2(before[2] ?? 0, before[1] ?? 0)
            turned = Math.max(turned, Math.abs(turn))
          }
        }
        const limits = lighting === 'natural' ? SKIN_LIMITS : lightPreset(lighting, 1).skin
        expect(lighter).toBeLessThan(limits.lighter + 1e-3)
        expect(darker).toBeLessThan(limits.darker + 1e-3)
        expect(turned).toBeLessThan(limits.hue + 1e-3)
      }),
      { numRuns: 12 }
    )
  })
})

describe('limitOnSkin', () => {
  it('lets small shifts pass and holds large ones, for every skin', () => {
    const channel = fc.double({ min: 0.02, max: 0.8, noNaN: true })
    const gain = fc.double({ min: 0.1, max: 8, noNaN: true })
    fc.assert(
      fc.property(channel, gain, gain, gain, (red, r, g, b) => {
        const skin = [red, red * 0.66, red * 0.5] as const
        const ratio = Float32Array.of(r, g, b)
        limitOnSkin(ratio, 0, ...skin, 1)
        const [before, after] = [new Float64Array(3), new Float64Array(3)]
        toOklab(before, 0, ...skin)
        toOklab(after, 0, skin[0] * (ratio[0] ?? 0), skin[1] * (ratio[1] ?? 0), skin[2] * (ratio[2] ?? 0))
        const chroma = (lab: Float64Array) => Math.hypot(lab[1] ?? 0, lab[2] ?? 0) / (lab[0] ?? 1)
        expect(chroma(after) / chroma(before)).toBeGreaterThan(SKIN_LIMITS.chroma[0] - 1e-2)
        expect(chroma(after) / chroma(before)).toBeLessThan(SKIN_LIMITS.chroma[1] + 1e-2)
      })
    )
  })

  it('moves lightness within its limits, mixes by the weight of skin, and leaves what is no skin alone', () => {
    const channel = fc.double({ min: 0.02, max: 0.8, noNaN: true })
    const gain = fc.double({ min: 0.1, max: 8, noNaN: true })
    const weight = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(channel, gain, gain, gain, weight, (red, r, g, b, share) => {
        const skin = [red, red * 0.66, red * 0.5] as const
        const [asked, limited, mixed] = [Float32Array.of(r, g, b), Float32Array.of(r, g, b), Float32Array.of(r, g, b)]
        limitOnSkin(limited, 0, ...skin, 1)
        limitOnSkin(mixed, 0, ...skin, share)
        const [before, after] = [new Float64Array(3), new Float64Array(3)]
        toOklab(before, 0, ...skin)
        toOklab(after, 0, skin[0] * (limited[0] ?? 0), skin[1] * (limited[1] ?? 0), skin[2] * (limited[2] ?? 0))
        const step = (after[0] ?? 0) - (before[0] ?? 0)
        expect(step).toBeLessThan(SKIN_LIMITS.lighter + 1e-5)
        expect(step).toBeGreaterThan(-SKIN_LIMITS.darker - 1e-5)
        for (let c = 0; c < 3; c++) {
          const [from, to] = [asked[c] ?? 0, limited[c] ?? 0]
          expect(mixed[c]).toBeCloseTo(from + (to - from) * share, 4)
        }
      })
    )
  })

  it('leaves light that changes nothing as it is', () => {
    const same = Float32Array.of(1, 1, 1)
    limitOnSkin(same, 0, ...SKIN, 1)
    for (const value of same) expect(value).toBeCloseTo(1, 3)
  })
})
