import { describe, expect, it } from 'vitest'
import { createRaster, type Raster } from '../../src/inference/pixels/raster.ts'
import { mendRinging } from './mend-ringing.ts'

const [WIDTH, HEIGHT] = [32, 16]

function wall(level = 0.5): Raster {
  const raster = createRaster(WIDTH, HEIGHT, 3)
  raster.data.fill(level)
  return raster
}

const set = (raster: Raster, x: number, y: number, colour: readonly [number, number, number]) =>
  raster.data.set(colour, 3 * (y * WIDTH + x))
const get = ({ data }: Raster, x: number, y: number) => [...data.subarray(3 * (y * WIDTH + x), 3 * (y * WIDTH + x) + 3)]

describe('mendRinging', () => {
  it('leaves what is right as it is', () => {
    const raster = wall()
    set(raster, 5, 5, [3000, 2500, 1800])
    expect(mendRinging(raster).data).toEqual(raster.data)
  })

  it('fills the rings around a lamp from the wall', () => {
    const raster = wall()
    set(raster, 10, 8, [3000, 2900, 2800])
    for (const [x, y] of [
      [9, 8],
      [11, 8],
      [10, 7],
      [10, 9]
    ] as const) {
      set(raster, x, y, [-300, -290, -280])
    }
    const mended = mendRinging(raster)
    expect(mended.data.every((value) => value > 0)).toBe(true)
    expect(get(mended, 10, 8)).toEqual([3000, 2900, 2800])
    // Brighter than the wall, for the lamp is a neighbour, and far from a hole.
    for (const value of get(mended, 9, 8)) expect(value).toBeGreaterThanOrEqual(0.5)
  })

  it('gives a lost block of the sun the colour of what is around it and the light that is left', () => {
    const raster = wall()
    for (let y = 4; y < 12; y++) for (let x = 8; x < 16; x++) set(raster, x, y, [0, 0, (x + y) % 2 === 0 ? 900 : -200])
    for (let y = 3; y < 13; y++) {
      set(raster, 7, y, [20, 16, 10])
      set(raster, 16, y, [20, 16, 10])
    }
    const mended = mendRinging(raster)
    const [r = 0, g = 0, b = 0] = get(mended, 8, 6)
    expect(b).toBeCloseTo(900, 3)
    expect(r).toBeGreaterThan(g)
    expect(g).toBeGreaterThan(b)
    expect(mended.data.every((value) => value > 0)).toBe(true)
  })

  it('keeps a saturated shadow dark', () => {
    const raster = wall(0.02)
    set(raster, 5, 5, [-0.0001, 0.01, 0.004])
    const [r = 0, g, b] = get(mendRinging(raster), 5, 5)
    expect(r).toBeCloseTo(0.02, 5)
    expect(g).toBeCloseTo(0.01, 5)
    expect(b).toBeCloseTo(0.004, 5)
  })

  it('closes across the seam behind the camera', () => {
    const raster = wall()
    set(raster, 0, 8, [-5, -5, -5])
    set(raster, WIDTH - 1, 8, [-5, -5, -5])
    expect(mendRinging(raster).data.every((value) => value > 0)).toBe(true)
  })
})
