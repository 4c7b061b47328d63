import { StudioError } from '../../domain/errors.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'

/**
 * Mean over a disc, the image of a point through a round aperture: what an out-of-focus lens does to linear light.
 * A disc is a stack of rows; with running sums along each row of the source a row of the disc costs two look-ups, its
 * ends at fractions of a pixel. The disc may grow from row to row of the picture.
 *
 * @param source has `margin` pixels more on every side than the result, real picture for the disc to reach into
 * @param radiusAt radius in pixels for a row of the result, 0 ≤ radius ≤ margin − 1
 */
export function discBlur(source: Raster, margin: number, radiusAt: (row: number) => number): Raster {
  const { channels } = source
  const target = createRaster(source.width - 2 * margin, source.height - 2 * margin, channels)
  const sums = runningSums(source)
  const line = new Float64Array(target.width * channels)
  for (let row = 0; row < target.height; row++) {
    const radius = radiusAt(row)
    if (!(radius >= 0 && radius <= margin - 1)) {
      throw new StudioError('internal', `A disc of radius ${radius} with a margin of ${margin} pixels.`)
    }
    line.fill(0)
    const area = addDisc(line, sums, source, margin, row + margin, radius)
    const at = row * line.length
    for (let i = 0; i < line.length; i++) target.data[at + i] = (line[i] ?? 0) / area
  }
  return target
}

/** For each row and channel, the sums of the values before each pixel: (width + 1) × height × channels. */
function runningSums({ width, height, channels, data }: Raster): Float64Array {
  const span = (width + 1) * channels
  const sums = new Float64Array(span * height)
  for (let y = 0, from = 0; y < height; y++) {
    const end = (y + 1) * span
    for (let to = y * span + channels; to < end; to++, from++) sums[to] = (sums[to - channels] ?? 0) + (data[from] ?? 0)
  }
  return sums
}

/** Adds the sums over the disc around each pixel of a row; returns the disc's area as it was covered. */
function addDisc(
  line: Float64Array,
  sums: Float64Array,
  source: Raster,
  margin: number,
  row: number,
  radius: number
): number {
  // Half a pixel is the pixel itself.
  const r = Math.max(0.5, radius)
  const reach = Math.ceil(r - 0.5)
  let area = 0
  for (let dy = -reach; dy <= reach; dy++) {
    // The outermost row is covered in part; its chord is taken where the covered part has its middle.
    const inner = Math.abs(dy) - 0.5
    const covered = Math.min(1, r - inner)
    const middle = dy === 0 ? 0 : inner + covered / 2
    const half = Math.sqrt(r * r - middle * middle)
    area += 2 * half * covered
    addChord(line, sums, (row + dy) * (source.width + 1) + margin, half, covered, source.channels)
  }
  return area
}

/** Adds `weight` × the sum from `half` pixels before to `half` pixels after the middle of each pixel. */
function addChord(
  line: Float64Array,
  sums: Float64Array,
  first: number,
  half: number,
  weight: number,
  channels: number
): void {
  const end = 0.5 + half
  const whole = Math.floor(end)
  const part = end - whole
  // By symmetry the left end lies as far before its pixel's end as the right one after its pixel's begin.
  const right = (first + whole) * channels
  const left = (first + 1 - whole) * channels
  const near = weight * (1 - part)
  const far = weight * part
  for (let i = 0; i < line.length; i++) {
    line[i] =
      (line[i] ?? 0) +
      near * ((sums[right + i] ?? 0) - (sums[left + i] ?? 0)) +
      far * ((sums[right + channels + i] ?? 0) - (sums[left - channels + i] ?? 0))
  }
}
