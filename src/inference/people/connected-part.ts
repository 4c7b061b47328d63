import type { Point } from '../../domain/geometry.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { areasOf, connectedTo, reachedFirst } from './connected.ts'
import { shareAround } from './share-around.ts'

/** How far the person's own part reaches past its 50 % outline, in widths of the face: soft hair lies there. */
const FRINGE = 0.08

/** What hangs by less than twice this, in widths of the face, hangs by a thread: an arm is four times as wide. */
const THREAD = 0.05
/** Only as much as this hangs there by mistake, in squares of the face's width; less is an earring or a lock of hair. */
const HANGING_AREA = 0.06
/** Share of a window that is inside, from which on its middle counts as further inside than the window reaches. */
const DEEP = 0.99

/**
 * What of an outline is connected to a face, by more than a thread where it is large, fading out over soft hair around it.
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
  dropHanging(part, seeds, outline, faceWidth)
  const spread = shareAround(outline, (at) => part[at] === 1, Math.max(1, Math.round(FRINGE * faceWidth)))
  const own = createRaster(width, height, 1)
  for (let at = 0; at < data.length; at++) {
    own.data[at] = (data[at] ?? 0) * (part[at] === 1 ? 1 : Math.min(1, (spread[at] ?? 0) * 6))
  }
  return own
}

/** Takes out of a part what is large and hangs to the rest by a thread: a piece of somebody who is left out. */
function dropHanging(part: Uint8Array, seeds: readonly number[], { width, height }: Raster, faceWidth: number): void {
  const radius = Math.max(1, Math.round(THREAD * faceWidth))
  const depth = shareAround({ width, height }, (at) => part[at] === 1, radius)
  const thick = areasOf((at) => part[at] === 1 && (depth[at] ?? 0) > DEEP, width, height)
  const faces = new Set(seeds)
  const own = thick.filter((area) => area.some((at) => faces.has(at)))
  const hanging = thick.filter((area) => !own.includes(area) && area.length > HANGING_AREA * faceWidth * faceWidth)
  if (own.length === 0 || hanging.length === 0) return
  const flat = (areas: readonly Int32Array[]) => areas.flatMap((area) => [...area])
  const nearest = reachedFirst([flat(own), flat(hanging)], (at) => part[at] === 1, width, height)
  for (let at = 0; at < part.length; at++) if (nearest[at] === 1) part[at] = 0
}
