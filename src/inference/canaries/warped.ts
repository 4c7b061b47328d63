import type { Box, Point } from '../../domain/geometry.ts'
import type { Raster } from '../pixels/raster.ts'

/**
 * The picture with one part drawn anew, every pixel of it taken from elsewhere, between four neighbours.
 * @param from where the middle of a pixel comes from, px; the picture's edge is repeated beyond it
 */
export function warped(picture: Raster, part: Box, from: (to: Point) => Point): Raster {
  const drawn: Raster = { ...picture, data: picture.data.slice() }
  const { width, height, channels } = picture
  const [left, top] = [Math.max(0, Math.floor(part.x)), Math.max(0, Math.floor(part.y))]
  const [right, bottom] = [Math.min(width, part.x + part.width), Math.min(height, part.y + part.height)]
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      writeBetween(drawn.data, (y * width + x) * channels, picture, from({ x: x + 0.5, y: y + 0.5 }))
    }
  }
  return drawn
}

/** Writes what lies at a point between four pixels. */
function writeBetween(to: Float32Array, at: number, { data, width, height, channels }: Raster, { x, y }: Point): void {
  const [u, v] = [x - 0.5, y - 0.5]
  const [column, row] = [Math.floor(u), Math.floor(v)]
  const [right, down] = [u - column, v - row]
  const [left, next] = [within(column, width), within(column + 1, width)]
  const [upper, lower] = [within(row, height) * width, within(row + 1, height) * width]
  for (let channel = 0; channel < channels; channel++) {
    const of = (pixel: number) => data[pixel * channels + channel] ?? 0
    const above = of(upper + left) * (1 - right) + of(upper + next) * right
    const below = of(lower + left) * (1 - right) + of(lower + next) * right
    to[at + channel] = above * (1 - down) + below * down
  }
}

/** The edge is repeated beyond it. */
const within = (at: number, size: number) => Math.min(size - 1, Math.max(0, at))
