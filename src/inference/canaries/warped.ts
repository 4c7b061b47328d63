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
      const source = from({ x: x + 0.5, y: y + 0.5 })
      for (let channel = 0; channel < channels; channel++) {
        drawn.data[(y * width + x) * channels + channel] = between(picture, source, channel)
      }
    }
  }
  return drawn
}

function between({ data, width, height, channels }: Raster, { x, y }: Point, channel: number): number {
  const [u, v] = [x - 0.5, y - 0.5]
  const [column, row] = [Math.floor(u), Math.floor(v)]
  const at = (c: number, r: number) => {
    const [inX, inY] = [Math.min(width - 1, Math.max(0, c)), Math.min(height - 1, Math.max(0, r))]
    return data[(inY * width + inX) * channels + channel] ?? 0
  }
  const [right, down] = [u - column, v - row]
  const upper = at(column, row) * (1 - right) + at(column + 1, row) * right
  const lower = at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right
  return upper * (1 - down) + lower * down
}
