import type { Point } from '../../domain/geometry.ts'
import { boxBlur } from '../pixels/blur.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { connectedTo } from './connected.ts'

/** How far the person's own part reaches past its 50 % outline, in widths of the face: soft hair lies there. */
const FRINGE = 0.08

/**
 * What of an outline is connected to a face, fading out over soft hair around it.
 * @param outline 1 channel, 0..1
 * @param face points of the face in pixels of the outline
 * @param faceWidth pixels of the outline
 */
export function connectedPart(outline: Raster, face: readonly Point[], faceWidth: number): Raster {
  const { width, height, data } = outline
  const seeds: number[] = []
  for (const point of face) {
    const [x, y] = [Math.floor(point.x), Math.floor(point.y)]
    if (x >= 0 && y >= 0 && x < width && y < height) seeds.push(y * width + x)
  }
  const part = connectedTo(seeds, (at) => (data[at] ?? 0) >= 0.5, width, height)
  const whole = { width, height, channels: 1, data: Float32Array.from(part) } as const
  const spread = boxBlur(whole, Math.max(1, Math.round(FRINGE * faceWidth))).data
  const own = createRaster(width, height, 1)
  for (let at = 0; at < data.length; at++) {
    own.data[at] = (data[at] ?? 0) * (part[at] === 1 ? 1 : Math.min(1, (spread[at] ?? 0) * 6))
  }
  return own
}
