import { StudioError } from '../../../domain/errors.ts'
import type { Size } from '../../../domain/geometry.ts'

/** A picture whose brightest and darkest channel values differ by less than this share of the range shows nothing. */
const FLAT = 4 / 255

/**
 * What an autoencoder gives, [3, height, width] of −1..1, as interleaved 16-bit sRGB.
 *
 * @param samples is filled: 3 · width · height
 * @throws StudioError `engine-output-invalid` where it holds what is no number, or is one flat tone
 */
export function rgbSamples(planes: Float32Array, { width, height }: Size, samples: Uint16Array): void {
  const count = width * height
  const [red, green, blue] = [0, 1, 2].map((plane) => planes.subarray(plane * count, (plane + 1) * count))
  if (!red || !green || !blue) throw new StudioError('internal', 'A picture has three planes.')
  let sum = 0
  for (let pixel = 0, to = 0; pixel < count; pixel++, to += 3) {
    const r = red[pixel] ?? 0
    const g = green[pixel] ?? 0
    const b = blue[pixel] ?? 0
    sum += r + g + b
    // Written out: a function would be handed three million numbers in boxes.
    samples[to] = r <= -1 ? 0 : r >= 1 ? 65535 : r * 32767.5 + 32768
    samples[to + 1] = g <= -1 ? 0 : g >= 1 ? 65535 : g * 32767.5 + 32768
    samples[to + 2] = b <= -1 ? 0 : b >= 1 ? 65535 : b * 32767.5 + 32768
  }
  // A value that is no number makes the sum none.
  if (!Number.isFinite(sum))
    throw new StudioError('engine-output-invalid', 'The model made pixels that are no numbers.')
  if (rangeOf(planes) < 2 * FLAT) {
    throw new StudioError('engine-output-invalid', 'The model made a picture of one flat tone.')
  }
}

/** Values that are looked at, about. */
const SEEN = 16_384

/** Distance of the brightest from the darkest of the values that can be shown. */
function rangeOf(planes: Float32Array): number {
  let [least, most] = [1, -1]
  // An odd stride, so that they lie in all columns.
  const stride = Math.floor(planes.length / SEEN) | 1
  for (let at = 0; at < planes.length; at += stride) {
    const value = planes[at] ?? 0
    if (value < least) least = Math.max(-1, value)
    if (value > most) most = Math.min(1, value)
  }
  return most - least
}
