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
  const [red, green, blue] = [0, 1, 2].map((plane) => planes.subarray(plane * count, (plane + 1) * count))
  if (!red || !green || !blue) throw new StudioError('internal', 'A picture has three planes.')
  let [least, most, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let pixel = 0, to = 0; pixel < count; pixel++, to += 3) {
    const [r, g, b] = [red[pixel] ?? 0, green[pixel] ?? 0, blue[pixel] ?? 0]
    sum += r + g + b
    least = Math.min(least, r, g, b)
    most = Math.max(most, r, g, b)
    samples[to] = encoded(r)
    samples[to + 1] = encoded(g)
    samples[to + 2] = encoded(b)
  }
  // A value that is no number makes the sum none.
  if (!Number.isFinite(sum))
    throw new StudioError('engine-output-invalid', 'The model made pixels that are no numbers.')
  if (!(Math.min(1, most) - Math.max(-1, least) >= 2 * FLAT)) {
    throw new StudioError('engine-output-invalid', 'The model made a picture of one flat tone.')
  }
  return samples
}

/** −1..1 as a 16-bit sample. */
function encoded(value: number): number {
  return value <= -1 ? 0 : value >= 1 ? 65535 : value * 32767.5 + 32768
}
