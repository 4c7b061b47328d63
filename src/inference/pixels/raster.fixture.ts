import fc from 'fast-check'
import type { Raster } from './raster.ts'

export interface AnyRasterLimits {
  readonly width: readonly [least: number, most: number]
  readonly height: readonly [least: number, most: number]
  /** Of the values; 0 and 1 when left out. */
  readonly least?: number
  readonly most?: number
}

/** Small pictures of any size within the limits and any values, edges of their range more often than others. */
export function anyRaster(channels: 1 | 3, limits: AnyRasterLimits): fc.Arbitrary<Raster> {
  const { width, height, least = 0, most = 1 } = limits
  return fc
    .tuple(fc.integer({ min: width[0], max: width[1] }), fc.integer({ min: height[0], max: height[1] }))
    .chain(([across, down]) => {
      const count = across * down * channels
      return fc
        .float32Array({
          min: Math.fround(least),
          max: Math.fround(most),
          noNaN: true,
          minLength: count,
          maxLength: count
        })
        .map((data) => ({ width: across, height: down, channels, data }))
    })
}

/** Rows of a picture, sharing its memory. */
export function rowsOfRaster(raster: Raster, top: number, count: number): Raster {
  const span = raster.width * raster.channels
  return { ...raster, height: count, data: raster.data.subarray(top * span, (top + count) * span) }
}

/** Cuts any height into strips; the last takes what is left. */
export const anyCuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })

/** Top and count of strips as high as the cuts say, over and over, that cover the height. */
export function* stripsOf(height: number, cuts: readonly number[]): Generator<readonly [top: number, count: number]> {
  for (let top = 0, at = 0; top < height; at++) {
    const count = Math.min(cuts[at % cuts.length] ?? 1, height - top)
    yield [top, count]
    top += count
  }
}

export function range(data: Float32Array): { least: number; most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of data) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return { least, most }
}

export function mean(data: Float32Array): number {
  let sum = 0
  for (const value of data) sum += value
  return sum / data.length
}

/** Largest distance of two pictures' values. */
export function farthest(one: Float32Array, other: Float32Array): number {
  let most = one.length === other.length ? 0 : Number.POSITIVE_INFINITY
  for (let at = 0; at < one.length; at++) most = Math.max(most, Math.abs((one[at] ?? 0) - (other[at] ?? 0)))
  return most
}
