import type { Size } from '../../domain/geometry.ts'
import { apply } from '../pixels/affine.ts'
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
  const toPhoto = frameToPhoto(frame, size)
  const reach = FADE * frame.width
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, at++) {
      const point = apply(toPhoto, { x: x + 0.5, y: y + 0.5 })
      let nearest = reach
      if (sides.has('left')) nearest = Math.min(nearest, point.x)
      if (sides.has('right')) nearest = Math.min(nearest, photo.width - point.x)
      if (sides.has('top')) nearest = Math.min(nearest, point.y)
      if (sides.has('bottom')) nearest = Math.min(nearest, photo.height - point.y)
      const share = Math.max(0, nearest / reach)
      fade.data[at] = share * share * (3 - 2 * share)
    }
  }
  return fade
}
