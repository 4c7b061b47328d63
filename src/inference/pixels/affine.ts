import type { Box, Size } from '../../domain/geometry.ts'
import { type Affine, apply, compose } from './affine-map.ts'
import { createRaster, type Raster } from './raster.ts'
import { resizePart } from './resample.ts'

export { type Affine, apply, compose, invert, similarity } from './affine-map.ts'

export interface WarpOptions {
  /** bilinear never leaves the range of its inputs; cubic (Catmull-Rom) is sharper and may. Left out: bilinear. */
  readonly kernel?: 'bilinear' | 'cubic'
  /** What lies beyond the picture: its edge repeated (left out), or one value per channel. */
  readonly outside?: 'edge' | Outside
}

/** Footprint, in source pixels per destination pixel, above which the source is made smaller first. */
const PREFILTER_FROM = 1.5
/** Source pixels kept around the wanted part, so that the kernels see real neighbours. */
const MARGIN = 8

/**
 * The part of the picture that `affine` (destination to source, see affine-map.ts) shows, as `width` × `height` pixels.
 * Where the warp makes smaller, the source is averaged down first, so that nothing aliases.
 */
export function warpAffine(
  raster: Raster,
  affine: Affine,
  width: number,
  height: number,
  options: WarpOptions = {}
): Raster {
  const footprintX = Math.hypot(affine[0], affine[1])
  const footprintY = Math.hypot(affine[3], affine[4])
  if (Math.max(footprintX, footprintY) <= PREFILTER_FROM) return sample(raster, affine, width, height, options)

  const part = partSeen(affine, { width, height }, raster)
  const reduced: Size = {
    width: Math.max(1, Math.round(part.width / Math.max(1, footprintX))),
    height: Math.max(1, Math.round(part.height / Math.max(1, footprintY)))
  }
  const small = resizePart(raster, part, reduced.width, reduced.height, 'area')
  const [scaleX, scaleY] = [reduced.width / part.width, reduced.height / part.height]
  const intoSmall: Affine = [scaleX, 0, -part.x * scaleX, 0, scaleY, -part.y * scaleY]
  // What lies beyond the cropped part must still count as outside only where it lies beyond the picture.
  return sample(small, compose(affine, intoSmall), width, height, options)
}

/** Whole source pixels that the destination can touch, clipped to the picture; never empty. */
function partSeen(affine: Affine, { width, height }: Size, raster: Raster): Box {
  const margin = MARGIN * Math.max(1, Math.hypot(affine[0], affine[1]), Math.hypot(affine[3], affine[4]))
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height }
  ].map((corner) => apply(affine, corner))
  const clamp = (v: number, high: number) => Math.min(Math.max(v, 0), high)
  const left = clamp(Math.floor(Math.min(...corners.map((c) => c.x)) - margin), raster.width - 1)
  const top = clamp(Math.floor(Math.min(...corners.map((c) => c.y)) - margin), raster.height - 1)
  const right = clamp(Math.ceil(Math.max(...corners.map((c) => c.x)) + margin), raster.width)
  const bottom = clamp(Math.ceil(Math.max(...corners.map((c) => c.y)) + margin), raster.height)
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

function sample(raster: Raster, affine: Affine, width: number, height: number, options: WarpOptions): Raster {
  const target = createRaster(width, height, raster.channels)
  const read = options.kernel === 'cubic' ? readCubicRow : readLinearRow
  const outside = options.outside ?? 'edge'
  for (let row = 0; row < height; row++) {
    const { first, end } = outside === 'edge' ? { first: 0, end: width } : columnsInside(raster, affine, row, width)
    read(target, row, first, end, raster, affine)
    if (outside === 'edge') continue
    fillPixels(target, row * width, row * width + first, outside)
    fillPixels(target, row * width + end, (row + 1) * width, outside)
  }
  return target
}

/** The columns of a row that lie on the picture: a straight line enters and leaves it once. */
function columnsInside(raster: Size, affine: Affine, row: number, width: number): { first: number; end: number } {
  const [a, b, c, d, e, f] = affine
  const isInside = (column: number) => {
    const u = a * (column + 0.5) + b * (row + 0.5) + c
    const v = d * (column + 0.5) + e * (row + 0.5) + f
    return !(u < 0 || v < 0 || u > raster.width || v > raster.height)
  }
  let first = 0
  while (first < width && !isInside(first)) first++
  let end = width
  while (end > first && !isInside(end - 1)) end--
  return { first, end }
}

function fillPixels({ data, channels }: Raster, first: number, end: number, colour: Outside): void {
  for (let pixel = first, at = first * channels; pixel < end; pixel++) {
    for (let channel = 0; channel < channels; channel++, at++) data[at] = colour[channel] ?? 0
  }
}

type Outside = readonly number[]

const clampIndex = (v: number, size: number) => (v < 0 ? 0 : v >= size ? size - 1 : v)

/** Writes the columns from `first` to before `end` of a row; all in one loop, as calls for every pixel cost more than the sums. */
type ReadRow = (target: Raster, row: number, first: number, end: number, raster: Raster, affine: Affine) => void

const readLinearRow: ReadRow = (target, row, first, end, raster, [a, b, c, d, e, f]) => {
  const { data, width, height, channels } = raster
  const out = target.data
  let to = (row * target.width + first) * channels
  for (let column = first; column < end; column++) {
    const u = a * (column + 0.5) + b * (row + 0.5) + c - 0.5
    const v = d * (column + 0.5) + e * (row + 0.5) + f - 0.5
    const x = Math.floor(u)
    const y = Math.floor(v)
    const right = u - x
    const down = v - y
    const x0 = clampIndex(x, width) * channels
    const x1 = clampIndex(x + 1, width) * channels
    const y0 = clampIndex(y, height) * width * channels
    const y1 = clampIndex(y + 1, height) * width * channels
    for (let channel = 0; channel < channels; channel++, to++) {
      const topLeft = data[y0 + x0 + channel] ?? 0
      const bottomLeft = data[y1 + x0 + channel] ?? 0
      const top = topLeft + ((data[y0 + x1 + channel] ?? 0) - topLeft) * right
      const bottom = bottomLeft + ((data[y1 + x1 + channel] ?? 0) - bottomLeft) * right
      out[to] = top + (bottom - top) * down
    }
  }
}

/** Catmull-Rom: four taps along either axis. */
const readCubicRow: ReadRow = (target, row, first, end, raster, [a, b, c, d, e, f]) => {
  const { data, width, height, channels } = raster
  const out = target.data
  const span = width * channels
  let to = (row * target.width + first) * channels
  for (let column = first; column < end; column++) {
    const u = a * (column + 0.5) + b * (row + 0.5) + c - 0.5
    const v = d * (column + 0.5) + e * (row + 0.5) + f - 0.5
    const x = Math.floor(u)
    const y = Math.floor(v)
    const s = u - x
    const t = v - y
    const w0 = ((-0.5 * s + 1) * s - 0.5) * s
    const w1 = (1.5 * s - 2.5) * s * s + 1
    const w2 = ((-1.5 * s + 2) * s + 0.5) * s
    const w3 = (0.5 * s - 0.5) * s * s
    const h0 = ((-0.5 * t + 1) * t - 0.5) * t
    const h1 = (1.5 * t - 2.5) * t * t + 1
    const h2 = ((-1.5 * t + 2) * t + 0.5) * t
    const h3 = (0.5 * t - 0.5) * t * t
    // Nearly everywhere: places then follow one another.
    const isInside = x > 0 && y > 0 && x + 2 < width && y + 2 < height
    const x0 = (isInside ? x - 1 : clampIndex(x - 1, width)) * channels
    const x1 = isInside ? x0 + channels : clampIndex(x, width) * channels
    const x2 = isInside ? x1 + channels : clampIndex(x + 1, width) * channels
    const x3 = isInside ? x2 + channels : clampIndex(x + 2, width) * channels
    let y0 = isInside ? (y - 1) * span : clampIndex(y - 1, height) * span
    let y1 = isInside ? y0 + span : clampIndex(y, height) * span
    let y2 = isInside ? y1 + span : clampIndex(y + 1, height) * span
    let y3 = isInside ? y2 + span : clampIndex(y + 2, height) * span
    for (let channel = 0; channel < channels; channel++, to++, y0++, y1++, y2++, y3++) {
      out[to] =
        h0 *
          (w0 * (data[y0 + x0] ?? 0) +
            w1 * (data[y0 + x1] ?? 0) +
            w2 * (data[y0 + x2] ?? 0) +
            w3 * (data[y0 + x3] ?? 0)) +
        h1 *
          (w0 * (data[y1 + x0] ?? 0) +
            w1 * (data[y1 + x1] ?? 0) +
            w2 * (data[y1 + x2] ?? 0) +
            w3 * (data[y1 + x3] ?? 0)) +
        h2 *
          (w0 * (data[y2 + x0] ?? 0) +
            w1 * (data[y2 + x1] ?? 0) +
            w2 * (data[y2 + x2] ?? 0) +
            w3 * (data[y2 + x3] ?? 0)) +
        h3 *
          (w0 * (data[y3 + x0] ?? 0) +
            w1 * (data[y3 + x1] ?? 0) +
            w2 * (data[y3 + x2] ?? 0) +
            w3 * (data[y3 + x3] ?? 0))
    }
  }
}
