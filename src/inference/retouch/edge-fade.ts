import type { Size } from '../../domain/geometry.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import type { BodyCut, CutSide } from './body-cuts.ts'
import { type Frame, frameToPhoto } from './frame.ts'

/** Over this fraction of the frame's width the person fades out towards an edge of the photo that shows. */
const FADE = 0.16

/**
 * What the matte is multiplied by so that a body cut off by the photo does not end in a straight line: 1, falling to 0
 * towards the edges with visible cuts. Null where nothing is cut.
 *
 * @param photo size of the photo the frame is in
 */
export function edgeFade(cuts: readonly BodyCut[], frame: Frame, photo: Size, size: Size): Raster | null {
  const sides = new Set<CutSide>(cuts.map((cut) => cut.side))
  if (sides.size === 0) return null
  const fade = createRaster(size.width, size.height, 1)
  const [a, b, c, d, e, f] = frameToPhoto(frame, size)
  const [left, right, top, bottom] = [sides.has('left'), sides.has('right'), sides.has('top'), sides.has('bottom')]
  const reach = FADE * frame.width
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, at++) {
      const across = a * (x + 0.5) + b * (y + 0.5) + c
      const down = d * (x + 0.5) + e * (y + 0.5) + f
      let nearest = reach
      if (left) nearest = Math.min(nearest, across)
      if (right) nearest = Math.min(nearest, photo.width - across)
      if (top) nearest = Math.min(nearest, down)
      if (bottom) nearest = Math.min(nearest, photo.height - down)
      const share = Math.max(0, nearest / reach)
      fade.data[at] = share * share * (3 - 2 * share)
    }
  }
  return fade
}
