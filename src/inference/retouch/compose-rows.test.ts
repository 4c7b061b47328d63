import { describe, expect, it } from 'vitest'
import { retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import { isMonochrome } from '../pixels/monochrome.ts'
import { farthest } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { composeRows } from './compose-rows.ts'
import type { Composition } from './composition.ts'

const SIZE = { width: 40, height: 36 }

function filled(
  width: number,
  height: number,
  value: (x: number, y: number, c: number) => number,
  channels: 1 | 3 = 3
) {
  const raster = createRaster(width, height, channels)
  raster.data.forEach((_, at) => {
    const pixel = Math.floor(at / channels)
    raster.data[at] = value(pixel % width, Math.floor(pixel / width), at % channels)
  })
  return raster
}

const texture = (x: number, y: number, c: number) => 0.2 + 0.1 * Math.sin(x * 1.7 + y * 2.3 + c)
const person = filled(SIZE.width, SIZE.height, texture)

/** Everything off that is not the matte: α is 1 left of the middle, 0 right of it. */
function composition(changes: Partial<Composition> = {}): Composition {
  const [width, height] = [20, 18]
  const left = (x: number) => (x < 9 ? 1 : 0)
  return {
    settings: retouchSettingsSchema.parse({
      'exposure.highlightRecovery': 0,
      'light.wrap': 0,
      'detail.grainMatch': 0,
      'detail.sharpen': 0
    }),
    matte: {
      slope: createRaster(width, height, 3),
      limits: filled(width, height, (x, _, c) => (c === 0 ? 0.5 : left(x))),
      black: createRaster(width, height, 1)
    },
    alpha: null,
    colours: { person: createRaster(width, height, 3), background: createRaster(width, height, 3) },
    fade: null,
    gain: filled(width, height, () => 1),
    wrap: { amount: createRaster(width, height, 1), light: createRaster(width, height, 3) },
    backdrop: filled(width, height, (x, y) => 0.3 + 0.01 * x + 0.005 * y),
    grade: null,
    skin: createRaster(width, height, 1),
    isMonochrome: false,
    backdropNotes: [],
    redEyes: null,
    halo: null,
    workingWidth: width,
    grain: { sigma: 0.02, size: 1.4 },
    seed: 5,
    ...changes
  }
}

const rows = (raster: Raster, top: number, count: number): Raster => ({
  ...raster,
  height: count,
  data: raster.data.subarray(top * raster.width * 3, (top + count) * raster.width * 3)
})
const compose = (made: Composition, top = 0, count = SIZE.height) => {
  const part = rows(person, top, count)
  return composeRows(made, { left: 0, plain: part, sharp: part }, SIZE, top, count)
}

describe('composeRows', () => {
  it("keeps the person's own pixels where the matte is 1 and every effect is off", () => {
    const { data } = compose(composition())
    for (let y = 0; y < SIZE.height; y++) {
      for (let at = y * SIZE.width * 3; at < (y * SIZE.width + 16) * 3; at++)
        expect(data[at]).toBeCloseTo(person.data[at] ?? 0, 6)
    }
  })

  it('shows the backdrop alone where the matte is 0', () => {
    const { data } = compose(composition())
    for (let y = 4; y < SIZE.height - 4; y++) {
      for (let x = 22; x < SIZE.width - 4; x++) {
        // The backdrop at half the size: pixel centres lie at (x + 0.5) / 2 − 0.5.
        const expected = 0.3 + 0.01 * ((x + 0.5) / 2 - 0.5) + 0.005 * ((y + 0.5) / 2 - 0.5)
        expect(data[(y * SIZE.width + x) * 3]).toBeCloseTo(expected, 4)
      }
    }
  })

  it('is the same whatever strips it is made in, grain, grade and all', () => {
    const made = composition({
      settings: retouchSettingsSchema.parse({}),
      gain: filled(20, 18, (x, y, c) => 1 + 0.02 * x - 0.01 * y + 0.03 * c),
      fade: filled(20, 18, (_, y) => Math.min(1, y / 9), 1)
    })
    const whole = compose(made)
    for (const height of [1, 5, 16]) {
      for (let top = 0; top < SIZE.height; top += height) {
        const count = Math.min(height, SIZE.height - top)
        expect(compose(made, top, count).data).toEqual(rows(whole, top, count).data)
      }
    }
  })

  it('takes the colour out of everything where the photo has none', () => {
    expect(isMonochrome(compose(composition()))).toBe(false)
    expect(isMonochrome(compose(composition({ isMonochrome: true })))).toBe(true)
  })

  it('takes the red out of pupils within the eyes and nowhere else', () => {
    const red = filled(SIZE.width, SIZE.height, (_x, _y, c) => [0.5, 0.1, 0.12][c] ?? 0)
    const eyes = filled(20, 18, (x, y) => (x < 4 && y < 9 ? 1 : 0), 1)
    const made = composition({ redEyes: { eyes, skin: [0.5, 0.35, 0.28] } })
    const { data } = composeRows(made, { left: 0, plain: red, sharp: red }, SIZE, 0, SIZE.height)
    const colour = (x: number, y: number) => [...data.subarray((y * SIZE.width + x) * 3, (y * SIZE.width + x) * 3 + 3)]
    expect(colour(3, 5)).toEqual([0.12, 0.1, 0.12].map((value) => expect.closeTo(value, 5)))
    expect(colour(12, 5)).toEqual([0.5, 0.1, 0.12].map((value) => expect.closeTo(value, 5)))
  })

  it('calms hair in the rim that glows with the light of the old background, and none elsewhere', () => {
    const wall = filled(20, 18, () => 0.8)
    const glowing = filled(SIZE.width, SIZE.height, (x) => (x < 8 ? 0.5 : 0.03))
    const colours = { person: filled(20, 18, () => 0.03), background: wall }
    const halo = { hair: filled(20, 18, () => 0.03), rim: filled(20, 18, (x) => (x < 4 ? 1 : 0), 1) }
    const lit = (changes: Partial<Composition>) =>
      composeRows(
        composition({ colours, ...changes }),
        { left: 0, plain: glowing, sharp: glowing },
        SIZE,
        0,
        SIZE.height
      ).data
    const [before, after] = [lit({}), lit({ halo })]
    expect(before[3 * 4]).toBeCloseTo(0.5, 5)
    expect(after[3 * 4]).toBeLessThan(0.1)
    expect(after[3 * 12]).toBe(before[3 * 12])
    expect(after[3 * 30]).toBe(before[3 * 30])
  })

  it('adds grain to the backdrop only, by the seed', () => {
    const grainy = (seed: number) =>
      compose(composition({ seed, settings: retouchSettingsSchema.parse({ 'exposure.highlightRecovery': 0 }) })).data
    const clean = compose(composition()).data
    const changed = (data: Float32Array, x: number) =>
      data[(20 * SIZE.width + x) * 3] !== clean[(20 * SIZE.width + x) * 3]
    expect(changed(grainy(1), 30)).toBe(true)
    expect(changed(grainy(1), 5)).toBe(false)
    expect(grainy(1)).toEqual(grainy(1))
    expect(grainy(1)).not.toEqual(grainy(2))
  })

  it('takes the matte of the working size where it is given, whatever an enlarged photo shows along the edge', () => {
    const [width, height] = [20, 18]
    const steep = { ...composition().matte, slope: filled(width, height, () => 40) }
    const open = filled(width, height, (_x, _y, c) => (c === 0 ? -54 : c === 1 ? 0 : 1))
    const beaded = composition({ matte: { ...steep, limits: open } })
    const calm = composition({ matte: { ...steep, limits: open }, alpha: filled(width, height, () => 1, 1) })
    expect(farthest(compose(beaded).data, person.data)).toBeGreaterThan(0.05)
    expect(farthest(compose(calm).data, person.data)).toBeLessThan(1e-6)
  })
})
