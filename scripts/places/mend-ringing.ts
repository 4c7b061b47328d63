import { createRaster, type Raster } from '../../src/inference/pixels/raster.ts'

/** A colour whose strongest channel is this many times its weakest is not light of these places but damage. */
const MOST_SATURATED = 500
/** A channel this far below zero, as a fraction of the strongest, is a ring around a lamp and not noise in a shadow. */
const RING = 0.02
/** Times the mean: brighter pixels belong to lamps, the sun and what surrounds them. */
const BRIGHT = 4

/**
 * The panoramas were made smaller with a kernel that overshoots and then stored lossily: beside lamps values fall far
 * below zero, in deep shadows slightly, and where the sun was too bright for a block of 8×8 only its blue is left.
 * Rings and lost blocks are filled from the pixels around them, brightened to the channel that is left; a channel lost
 * in a shadow becomes the smallest near it. Every value of the result is positive.
 */
export function mendRinging(raster: Raster): Raster {
  const { width, height, data } = raster
  const mended = createRaster(width, height, 3)
  mended.data.set(data)
  const bright = BRIGHT * meanOfPositive(data)
  const isKnown = new Uint8Array(width * height)
  const isShadow = new Uint8Array(width * height)
  for (let pixel = 0; pixel < isKnown.length; pixel++) {
    const [low, high] = range(data, 3 * pixel)
    if (low > 0 && high < MOST_SATURATED * low) isKnown[pixel] = 1
    else if (high > 0 && high < bright && low > -RING * high) isShadow[pixel] = 1
  }
  let isOpen = true
  while (isOpen) isOpen = fillBorder(mended, isKnown, isShadow)
  return mended
}

function meanOfPositive(data: Float32Array): number {
  let sum = 0
  for (let at = 0; at < data.length; at++) sum += Math.min(1e3, Math.max(0, data[at] ?? 0))
  return sum / data.length
}

function range(data: Float32Array, at: number): [number, number] {
  const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
  return [Math.min(r, g, b), Math.max(r, g, b)]
}

/** Fills the unknown pixels that have a known neighbour; false when none was left. */
function fillBorder(picture: Raster, isKnown: Uint8Array, isShadow: Uint8Array): boolean {
  const filled: number[] = []
  for (let pixel = 0; pixel < isKnown.length; pixel++) {
    if (isKnown[pixel]) continue
    const around = knownAround(picture, isKnown, pixel)
    if (!around) continue
    if (isShadow[pixel]) keepPositive(picture.data, 3 * pixel, around.smallest)
    else replace(picture.data, 3 * pixel, around.mean)
    filled.push(pixel)
  }
  for (const pixel of filled) isKnown[pixel] = 1
  return filled.length > 0
}

interface Surroundings {
  /** Geometric, per channel. */
  readonly mean: readonly number[]
  readonly smallest: readonly number[]
}

function knownAround({ width, height, data }: Raster, isKnown: Uint8Array, pixel: number): Surroundings | null {
  const [x, y] = [pixel % width, Math.floor(pixel / width)]
  const logarithms = [0, 0, 0]
  const smallest = Array<number>(3).fill(Number.POSITIVE_INFINITY)
  let count = 0
  for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
    for (let i = x - 1; i <= x + 1; i++) {
      const neighbour = j * width + ((i + width) % width)
      if (!isKnown[neighbour]) continue
      count++
      for (let c = 0; c < 3; c++) {
        const value = data[3 * neighbour + c] ?? 0
        logarithms[c] = (logarithms[c] ?? 0) + Math.log(value)
        smallest[c] = Math.min(smallest[c] ?? value, value)
      }
    }
  }
  return count === 0 ? null : { mean: logarithms.map((sum) => Math.exp(sum / count)), smallest }
}

function keepPositive(data: Float32Array, at: number, smallest: readonly number[]): void {
  for (let c = 0; c < 3; c++) if (!((data[at + c] ?? 0) > 0)) data[at + c] = smallest[c] ?? 0
}

function replace(data: Float32Array, at: number, mean: readonly number[]): void {
  let gain = 1
  for (let c = 0; c < 3; c++) gain = Math.max(gain, (data[at + c] ?? 0) / (mean[c] ?? 1))
  for (let c = 0; c < 3; c++) data[at + c] = (mean[c] ?? 0) * gain
}
