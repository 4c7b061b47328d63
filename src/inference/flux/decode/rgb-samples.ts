import { StudioError } from '../../../domain/errors.ts'
import type { Size } from '../../../domain/geometry.ts'

/** A picture whose brightest and darkest channel values differ by less than this share of the range shows nothing. */
const FLAT = 4 / 255

/**
 * What an autoencoder gives, [3, height, width] of −1..1, as interleaved 16-bit sRGB.
 *
 * @throws StudioError `engine-output-invalid` where it holds what is no number, or is one flat tone
 */
export function rgbSamples(planes: Float32Array, { width, height }: Size): Uint16Array {
  const count = width * height
  const samples = new Uint16Array(3 * count)
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let plane = 0; plane < 3; plane++) {
    const start = plane * count
    for (let pixel = 0, to = plane; pixel < count; pixel++, to += 3) {
      const value = (planes[start + pixel] ?? 0) * 0.5 + 0.5
      sum += value
      if (value < least) least = value
      if (value > most) most = value
      samples[to] = value <= 0 ? 0 : value >= 1 ? 65535 : value * 65535 + 0.5
    }
  }
  // A value that is no number makes the sum none.
  if (!Number.isFinite(sum))
    throw new StudioError('engine-output-invalid', 'The model made pixels that are no numbers.')
  if (!(Math.min(1, most) - Math.max(0, least) >= FLAT)) {
    throw new StudioError('engine-output-invalid', 'The model made a picture of one flat tone.')
  }
  return samples
}
