import type { AnalysedFace } from '../faces/face.ts'
import type { Raster } from '../pixels/raster.ts'
import { warped } from './warped.ts'

type FaceOnPicture = Pick<AnalysedFace, 'box' | 'leftEye'>

/** Of the smear, in widths of the face: from inside the cheek to beyond the outline, and how high it is. Chosen by eye, as all here: nobody misses it. */
const SMEAR = { from: 0.68, length: 0.75, top: 0.45, height: 0.4 }

/** Face and outline of one side dragged sideways, as by a thumb over wet paint. */
export function smear(picture: Raster, { box }: FaceOnPicture): Raster {
  const { width } = box
  const start = box.x + SMEAR.from * width
  const top = box.y + SMEAR.top * box.height
  const [length, height] = [SMEAR.length * width, SMEAR.height * width]
  return warped(picture, { x: start, y: top, width: length, height }, ({ x, y }) => {
    // Fading above and below leaves streaks instead of a box.
    const share = Math.sin((Math.PI * (y - top)) / height) ** 0.3
    const dragged = start + 0.12 * (x - start)
    return { x: x + share * (dragged - x), y }
  })
}

/** Edge of the patch, in widths of the face. */
const PATCH = 0.42

/** The piece with an eye pasted a second time, hard edges and all, on the clothes below the chin. */
export function pastePatch(picture: Raster, { box, leftEye }: FaceOnPicture): Raster {
  const side = PATCH * box.width
  const x = Math.min(Math.max(0, box.x + 0.75 * box.width), picture.width - side)
  const y = Math.min(box.y + 1.35 * box.height, picture.height - side)
  const [byX, byY] = [Math.round(leftEye.x - side / 2 - x), Math.round(leftEye.y - side / 2 - y)]
  return warped(picture, { x, y, width: side, height: side }, (to) => ({ x: to.x + byX, y: to.y + byY }))
}
