import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyRaster, mean, range } from '../pixels/raster.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { crop } from '../pixels/resample.ts'
import { addGrain, type Grain, measureGrain } from './grain.ts'
import { grainField } from './grain-field.ts'

/** A slope from dark to light with an edge, without noise. */
function slope(width = 200, height = 160): Raster {
  const raster = createRaster(width, height, 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const level = 0.1 + (0.3 * x) / width + (y > height / 2 ? 0.1 : 0)
      raster.data.fill(level, at, at + 3)
    }
  }
  return raster
}

const all = { left: 0, top: 0, covered: null, strength: 1 }
const grainy = (grain: Grain, seed = 1) => {
  const picture = slope()
  addGrain(picture, grain, { ...all, seed })
  return picture
}

describe('grainField', () => {
  it.each([1, 1.7, 3])('has mean 0 and variance 1 for grains of %s pixels', (size) => {
    const field = grainField(5, size)
    let [sum, squares] = [0, 0]
    for (let y = 0; y < 300; y++) {
      for (let x = 0; x < 300; x++) {
        const value = field(x, y)
        sum += value
        squares += value * value
      }
    }
    expect(sum / 9e4).toBeCloseTo(0, 1)
    expect(squares / 9e4).toBeCloseTo(1, 1)
  })

  it('shows no lines: neighbours in rows and columns are unrelated', () => {
    const field = grainField(9, 1)
    let [across, down] = [0, 0]
    for (let y = 0; y < 200; y++) {
      for (let x = 0; x < 200; x++) {
        across += field(x, y) * field(x + 1, y)
        down += field(x, y) * field(x, y + 1)
      }
    }
    expect(Math.abs(across / 4e4)).toBeLessThan(0.02)
    expect(Math.abs(down / 4e4)).toBeLessThan(0.02)
  })
})

describe('measureGrain', () => {
  it('finds none in a clean picture, whatever its slopes and edges', () => {
    expect(measureGrain(slope()).sigma).toBeLessThan(1e-4)
  })

  it('finds the grain that was added', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.003, max: 0.013, noNaN: true }), fc.nat(1000), (sigma, seed) => {
        const found = measureGrain(grainy({ sigma, size: 1 }, seed))
        expect(found.sigma / sigma).toBeGreaterThan(0.75)
        expect(found.sigma / sigma).toBeLessThan(1.35)
      }),
      { numRuns: 12 }
    )
  })

  it('tells coarse grain from fine', () => {
    const fine = measureGrain(grainy({ sigma: 0.01, size: 1 }))
    const coarse = measureGrain(grainy({ sigma: 0.01, size: 2.2 }))
    expect(fine.size).toBeLessThan(1.3)
    expect(coarse.size).toBeGreaterThan(1.6)
    expect(coarse.sigma / 0.01).toBeGreaterThan(0.5)
    expect(coarse.sigma / 0.01).toBeLessThan(1.6)
  })

  it('looks only where it is asked to', () => {
    const picture = slope()
    const covered: Raster = createRaster(200, 160, 1)
    covered.data.fill(1, 0, 200 * 80)
    addGrain(picture, { sigma: 0.01, size: 1 }, { ...all, seed: 3, covered })
    const free = { ...covered, data: covered.data.map((value) => 1 - value) }
    expect(measureGrain(picture, free).sigma).toBeGreaterThan(0.007)
    expect(measureGrain(picture, covered).sigma).toBeLessThan(0.001)
  })
})

describe('addGrain', () => {
  it('gives strips what it gives the whole', () => {
    const grain = { sigma: 0.01, size: 1.6 }
    const whole = grainy(grain, 4)
    const strip = createRaster(200, 40, 3)
    strip.data.set(slope().data.subarray(200 * 3 * 60, 200 * 3 * 100))
    addGrain(strip, grain, { ...all, seed: 4, top: 60 })
    expect(strip.data).toEqual(whole.data.subarray(200 * 3 * 60, 200 * 3 * 100))
  })

  it('gives any tile of a picture what it gives there in the whole, and another seed another grain', () => {
    const grain = fc.record({
      sigma: fc.double({ min: 0.001, max: 0.015, noNaN: true }),
      size: fc.double({ min: 1, max: 4, noNaN: true })
    })
    const tile = fc.record({
      left: fc.nat(20),
      top: fc.nat(20),
      width: fc.integer({ min: 1, max: 12 }),
      height: fc.integer({ min: 1, max: 12 })
    })
    const picture = anyRaster(3, { width: [32, 32], height: [32, 32], least: 0.05, most: 0.6 })
    fc.assert(
      fc.property(picture, grain, fc.nat(1e6), tile, (whole, of, seed, { left, top, width, height }) => {
        const box = { x: left, y: top, width, height }
        const [part, other] = [crop(whole, box), crop(whole, box)]
        addGrain(part, of, { ...all, seed, left, top })
        addGrain(other, of, { ...all, seed: seed + 1, left, top })
        addGrain(whole, of, { ...all, seed })
        expect(part.data).toEqual(crop(whole, box).data)
        expect(other.data).not.toEqual(part.data)
      }),
      { numRuns: 25 }
    )
  })

  it('keeps the mean light, adds none below 0, and changes nothing where the matte is 1', () => {
    fc.assert(
      fc.property(
        anyRaster(3, { width: [40, 40], height: [40, 40], least: 0.2, most: 0.5 }),
        anyRaster(1, { width: [40, 40], height: [40, 40] }),
        fc.nat(1e6),
        (before, covered, seed) => {
          const open = { ...before, data: before.data.slice() }
          addGrain(open, { sigma: 0.015, size: 1 }, { ...all, seed })
          // Three standard errors of the mean of so few grains.
          expect(Math.abs(mean(open.data) / mean(before.data) - 1)).toBeLessThan(0.02)
          expect(range(open.data).least).toBeGreaterThan(0)
          const half = { ...before, data: before.data.slice() }
          addGrain(half, { sigma: 0.015, size: 1 }, { ...all, seed, covered })
          const beyond = half.data.filter((value, at) => {
            const [was, grain] = [before.data[at] ?? 0, (open.data[at] ?? 0) - (before.data[at] ?? 0)]
            const share = 1 - (covered.data[Math.floor(at / 3)] ?? 0)
            // Grain lies in the cube root of light: a small share of a dark grain is more than its share of the light.
            return Math.abs(value - was) > Math.abs(grain) * share * 1.2 + 1e-6
          })
          expect(beyond.length).toBe(0)
        }
      ),
      { numRuns: 12 }
    )
  })

  it('leaves black and white as they are', () => {
    const picture = createRaster(2, 1, 3)
    picture.data.fill(1, 3)
    addGrain(picture, { sigma: 0.05, size: 1 }, { ...all, seed: 1 })
    expect([...picture.data]).toEqual([0, 0, 0, 1, 1, 1])
  })
})
