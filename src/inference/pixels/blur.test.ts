import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxBlur, gaussianBlur } from './blur.ts'
import { createRaster, type Raster } from './raster.ts'

const edge = fc.integer({ min: 1, max: 20 })
const picture = fc.tuple(edge, edge, fc.constantFrom<1 | 3>(1, 3)).chain(([width, height, channels]) =>
  fc
    .array(fc.float({ min: 0, max: 1, noNaN: true }), {
      minLength: width * height * channels,
      maxLength: width * height * channels
    })
    .map((values): Raster => ({ width, height, channels, data: Float32Array.from(values) }))
)
const sigma = fc.double({ min: 0, max: 9, noNaN: true })

function impulse(size: number): Raster {
  const raster = createRaster(size, size, 1)
  raster.data[(size >> 1) * size + (size >> 1)] = 1
  return raster
}

describe('boxBlur', () => {
  it('is the mean of the square, edges repeated', () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 0, max: 25 }), (source, radius) => {
        const blurred = boxBlur(source, radius)
        const { width, height, channels } = source
        const [x, y] = [width >> 1, height >> 1]
        let sum = 0
        for (let dy = -radius; dy <= radius; dy++) {
          for (let dx = -radius; dx <= radius; dx++) {
            const row = Math.min(Math.max(y + dy, 0), height - 1)
            const column = Math.min(Math.max(x + dx, 0), width - 1)
            sum += source.data[(row * width + column) * channels] ?? 0
          }
        }
        expect(blurred.data[(y * width + x) * channels]).toBeCloseTo(sum / (2 * radius + 1) ** 2, 4)
      })
    )
  })

  it('leaves its input alone', () => {
    const source = impulse(9)
    const before = source.data.slice()
    boxBlur(source, 2)
    expect(source.data).toEqual(before)
  })
})

describe('gaussianBlur', () => {
  it('keeps the range', () => {
    fc.assert(
      fc.property(picture, sigma, (source, s) => {
        const [low, high] = [Math.min(...source.data), Math.max(...source.data)]
        for (const value of gaussianBlur(source, s).data) {
          expect(value).toBeGreaterThanOrEqual(low - 1e-5)
          expect(value).toBeLessThanOrEqual(high + 1e-5)
        }
      })
    )
  })

  it.each([0.6, 1, 1.5, 1.6, 2.5, 5, 12])('keeps the energy and has the variance of σ = %d', (s) => {
    const size = 2 * Math.ceil(6 * s) + 9
    const { data } = gaussianBlur(impulse(size), s)
    const middle = size >> 1
    let energy = 0
    let variance = 0
    data.forEach((value, at) => {
      energy += value
      variance += value * ((at % size) - middle) ** 2
    })
    expect(energy).toBeCloseTo(1, 4)
    expect(Math.sqrt(variance) / s).toBeCloseTo(1, 1.6)
  })

  it.each([1, 2.1, 2.8, 3.7, 8, 25])('is a true Gaussian to 4 hundredths of its peak along an axis, σ = %d', (s) => {
    const size = 2 * Math.ceil(5 * s) + 1
    const line = createRaster(size, 1, 1)
    const middle = size >> 1
    line.data[middle] = 1
    const peak = 1 / (Math.sqrt(2 * Math.PI) * s)
    gaussianBlur(line, s).data.forEach((value, x) => {
      expect(Math.abs(value - peak * Math.exp(-((x - middle) ** 2) / (2 * s * s)))).toBeLessThan(0.04 * peak)
    })
  })

  it('treats rows and columns alike', () => {
    const { data } = gaussianBlur(impulse(41), 3)
    for (let a = 0; a < 41; a++)
      for (let b = 0; b < a; b++) expect(data[a * 41 + b]).toBeCloseTo(data[b * 41 + a] ?? 0, 6)
  })
})
