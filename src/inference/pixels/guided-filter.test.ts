import { describe, expect, it } from 'vitest'
import { guidedCoefficients } from './guided-filter.ts'
import { createRaster, type Raster } from './raster.ts'
import { selfGuidedFilter } from './self-guided-filter.ts'

const SIZE = 64

/** Left half dark blue, right half skin-like, with a little texture; the edge runs at column 32. */
function guide(): Raster {
  const raster = createRaster(SIZE, SIZE, 3)
  for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
    const [x, y] = [pixel % SIZE, Math.floor(pixel / SIZE)]
    const texture = 0.01 * Math.sin(x * 1.3 + y * 0.7)
    raster.data.set(
      (x < 32 ? [0.05, 0.07, 0.2] : [0.6, 0.45, 0.35]).map((value) => value + texture),
      pixel * 3
    )
  }
  return raster
}

function mask(edgeAt: number, ramp: number): Raster {
  const raster = createRaster(SIZE, SIZE, 1)
  raster.data.forEach((_, pixel) => {
    raster.data[pixel] = Math.min(1, Math.max(0, ((pixel % SIZE) - edgeAt) / ramp + 0.5))
  })
  return raster
}

/** q = a·I + b. */
function guidedFilter(colour: Raster, input: Raster, radius: number, epsilon: number): Raster {
  const lines = guidedCoefficients(colour, input, radius, epsilon)
  const term = (pixel: number, t: number) => lines[4 * pixel + t] ?? 0
  const data = input.data.map((_, pixel) =>
    [0, 1, 2].reduce((sum, c) => sum + term(pixel, c) * (colour.data[3 * pixel + c] ?? 0), term(pixel, 3))
  )
  return { ...input, data }
}

/** The definition, window by window, solved by Gaussian elimination: slow and independent. */
function byDefinition(colour: Raster, input: Raster, radius: number, epsilon: number): Float32Array {
  const clamp = (v: number) => Math.min(Math.max(v, 0), SIZE - 1)
  const pixelAt = (x: number, y: number) => clamp(y) * SIZE + clamp(x)
  const window = (x: number, y: number) => {
    const pixels: number[] = []
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++) pixels.push(pixelAt(x + dx, y + dy))
    return pixels
  }
  const rgb = (pixel: number) => [0, 1, 2].map((c) => colour.data[3 * pixel + c] ?? 0)
  const lines = Array.from({ length: SIZE * SIZE }, (_, pixel) => {
    const pixels = window(pixel % SIZE, Math.floor(pixel / SIZE))
    const average = (f: (p: number) => number) => pixels.reduce((sum, p) => sum + f(p), 0) / pixels.length
    const mu = [0, 1, 2].map((c) => average((p) => rgb(p)[c] ?? 0))
    const p̄ = average((p) => input.data[p] ?? 0)
    const rows = [0, 1, 2].map((i) => [
      ...[0, 1, 2].map(
        (j) =>
          average((p) => (rgb(p)[i] ?? 0) * (rgb(p)[j] ?? 0)) - (mu[i] ?? 0) * (mu[j] ?? 0) + (i === j ? epsilon : 0)
      ),
      average((p) => (rgb(p)[i] ?? 0) * (input.data[p] ?? 0)) - (mu[i] ?? 0) * p̄
    ])
    const a = solve(rows)
    return [...a, p̄ - a.reduce((sum, value, c) => sum + value * (mu[c] ?? 0), 0)]
  })
  return Float32Array.from({ length: SIZE * SIZE }, (_, pixel) => {
    const pixels = window(pixel % SIZE, Math.floor(pixel / SIZE))
    const term = (t: number) => pixels.reduce((sum, p) => sum + (lines[p]?.[t] ?? 0), 0) / pixels.length
    return rgb(pixel).reduce((sum, value, c) => sum + value * term(c), term(3))
  })
}

function solve(rows: number[][]): number[] {
  const m = rows.map((row) => [...row])
  for (let i = 0; i < 3; i++) {
    const pivot = m[i] ?? []
    for (let j = 0; j < 3; j++) {
      const row = m[j]
      if (j === i || !row) continue
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1)
      m[j] = row.map((value, k) => value - factor * (pivot[k] ?? 0))
    }
  }
  return m.map((row, i) => (row[3] ?? 0) / (row[i] ?? 1))
}

describe('guided filters', () => {
  it('is what its definition says', () => {
    const made = guidedFilter(guide(), mask(29, 6), 4, 1e-3)
    const expected = byDefinition(guide(), mask(29, 6), 4, 1e-3)
    made.data.forEach((value, pixel) => {
      expect(Math.abs(value - (expected[pixel] ?? 0))).toBeLessThan(2e-3)
    })
  })

  it('smooths a picture by itself as it smooths its channels one by one', () => {
    const smooth = selfGuidedFilter(guide(), 4, 1e-3)
    for (let c = 0; c < 3; c++) {
      const { data } = guide()
      const channel = createRaster(SIZE, SIZE, 1)
      for (let pixel = 0; pixel < channel.data.length; pixel++) channel.data[pixel] = data[3 * pixel + c] ?? 0
      guidedFilter(guide(), channel, 4, 1e-3).data.forEach((value, pixel) => {
        expect(smooth.data[3 * pixel + c]).toBeCloseTo(value, 4)
      })
    }
  })

  it('moves a soft edge that is off by three pixels onto the edge of the guide', () => {
    const { data } = guidedFilter(guide(), mask(29, 8), 8, 1e-4)
    const row = data.subarray(30 * SIZE, 31 * SIZE)
    expect((row[33] ?? 0) - (row[30] ?? 0)).toBeGreaterThan(0.5)
    expect(row[16]).toBeLessThan(0.1)
    expect(row[48]).toBeGreaterThan(0.9)
  })

  it('leaves a constant mask constant', () => {
    const flat = createRaster(SIZE, SIZE, 1)
    flat.data.fill(0.7)
    for (const value of guidedFilter(guide(), flat, 6, 1e-4).data) expect(value).toBeCloseTo(0.7, 3)
  })

  it('refuses pictures and masks of different sizes', () => {
    expect(() => guidedCoefficients(guide(), createRaster(8, 8, 1), 2, 1e-4)).toThrow()
  })
})
