import type { Box, Size } from '../../domain/geometry.ts'
import { type Affine, apply, compose } from './affine-map.ts'
import { createRaster, type Raster } from './raster.ts'
import { crop, resize } from './resample.ts'

export { type Affine, apply, compose, invert, similarity } from './affine-map.ts'

export interface WarpOptions {
  /** bilinear never leaves the range of its inputs; cubic (Catmull-Rom) is sharper and may. Left out: bilinear. */
  readonly kernel?: 'bilinear' | 'cubic'
  /** What lies beyond the picture: its edge repeated (left out), or one value per channel. */
  readonly outside?: 'edge' | readonly number[]
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
  const small = resize(crop(raster, part), reduced.width, reduced.height, 'area')
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
  const [a, b, c, d, e, f] = affine
  const outside = options.outside ?? 'edge'
  const isCubic = options.kernel === 'cubic'
  const taps = {
    columns: new Int32Array(4),
    across: new Float64Array(4),
    rows: new Int32Array(4),
    down: new Float64Array(4)
  }
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += raster.channels) {
      const u = a * (x + 0.5) + b * (y + 0.5) + c
      const v = d * (x + 0.5) + e * (y + 0.5) + f
      if (outside !== 'edge' && (u < 0 || v < 0 || u > raster.width || v > raster.height)) {
        for (let channel = 0; channel < raster.channels; channel++) target.data[to + channel] = outside[channel] ?? 0
      } else if (isCubic) {
        placeTaps(taps.columns, taps.across, u - 0.5, raster.width, raster.channels)
        placeTaps(taps.rows, taps.down, v - 0.5, raster.height, raster.width * raster.channels)
        sumTaps(target.data, to, raster, taps)
      } else {
        readLinear(target.data, to, raster, u - 0.5, v - 0.5)
      }
    }
  }
  return target
}

const clampIndex = (v: number, size: number) => (v < 0 ? 0 : v >= size ? size - 1 : v)

function readLinear(target: Float32Array, to: number, raster: Raster, u: number, v: number): void {
  const { data, width, height, channels } = raster
  const x = Math.floor(u)
  const y = Math.floor(v)
  const right = u - x
  const down = v - y
  const x0 = clampIndex(x, width) * channels
  const x1 = clampIndex(x + 1, width) * channels
  const y0 = clampIndex(y, height) * width * channels
  const y1 = clampIndex(y + 1, height) * width * channels
  for (let channel = 0; channel < channels; channel++) {
    const topLeft = data[y0 + x0 + channel] ?? 0
    const bottomLeft = data[y1 + x0 + channel] ?? 0
    const top = topLeft + ((data[y0 + x1 + channel] ?? 0) - topLeft) * right
    const bottom = bottomLeft + ((data[y1 + x1 + channel] ?? 0) - bottomLeft) * right
    target[to + channel] = top + (bottom - top) * down
  }
}

/** Where the four taps of Catmull-Rom lie along one axis, in steps of `stride`, and what they weigh. */
interface CubicTaps {
  readonly columns: Int32Array
  readonly across: Float64Array
  readonly rows: Int32Array
  readonly down: Float64Array
}

function placeTaps(places: Int32Array, weights: Float64Array, at: number, size: number, stride: number): void {
  const first = Math.floor(at)
  const s = at - first
  weights[0] = ((-0.5 * s + 1) * s - 0.5) * s
  weights[1] = (1.5 * s - 2.5) * s * s + 1
  weights[2] = ((-1.5 * s + 2) * s + 0.5) * s
  weights[3] = (0.5 * s - 0.5) * s * s
  places[0] = clampIndex(first - 1, size) * stride
  places[1] = clampIndex(first, size) * stride
  places[2] = clampIndex(first + 1, size) * stride
  places[3] = clampIndex(first + 2, size) * stride
}

function sumTaps(target: Float32Array, to: number, raster: Raster, { columns, across, rows, down }: CubicTaps): void {
  const { data, channels } = raster
  const x0 = columns[0] ?? 0
  const x1 = columns[1] ?? 0
  const x2 = columns[2] ?? 0
  const x3 = columns[3] ?? 0
  const w0 = across[0] ?? 0
  const w1 = across[1] ?? 0
  const w2 = across[2] ?? 0
  const w3 = across[3] ?? 0
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0
    for (let row = 0; row < 4; row++) {
      const at = (rows[row] ?? 0) + channel
      sum +=
        (down[row] ?? 0) *
        (w0 * (data[at + x0] ?? 0) + w1 * (data[at + x1] ?? 0) + w2 * (data[at + x2] ?? 0) + w3 * (data[at + x3] ?? 0))
    }
    target[to + channel] = sum
  }
}
