import type { Box, Point, Size } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { connectedPart } from '../people/connected-part.ts'
import type { PersonView } from '../people/matte.ts'
import { type Affine, apply, compose, invert, warpAffine } from '../pixels/affine.ts'
import type { Raster } from '../pixels/raster.ts'
import { type Frame, frameToPhoto } from './frame.ts'
import type { ReferencePhoto } from './reference-photo.ts'

/** The person as they lie in a picture: the face in picture pixels, masks of 1 channel at the picture's size. */
export interface PersonInFrame {
  readonly face: AnalysedFace
  /** Pixels. */
  readonly faceWidth: number
  readonly outline: Raster
  readonly hair: Raster
  readonly faceSkin: Raster
  readonly bodySkin: Raster
}

/** What of the person only hangs together outside the frame is left out: an elbow, a strand or a neighbour's sleeve. */
export function placeInFrame({ face, view }: ReferencePhoto, frame: Frame, size: Size): PersonInFrame {
  const toPhoto = frameToPhoto(frame, size)
  const toGrid = compose(toPhoto, [view.scale, 0, 0, 0, view.scale, 0])
  const lay = (mask: Raster) => warpAffine(mask, toGrid, size.width, size.height, { outside: [0] })
  const placed = faceIn(face, invert(toPhoto))
  const faceWidth = (Math.max(face.box.width, face.box.height) * size.width) / frame.width
  return {
    face: placed,
    faceWidth,
    outline: connectedPart(lay(view.outline), placed.mesh.points, faceWidth),
    hair: lay(view.hair),
    faceSkin: lay(view.faceSkin),
    bodySkin: lay(view.bodySkin)
  }
}

function faceIn(face: AnalysedFace, map: Affine): AnalysedFace {
  const scale = Math.hypot(map[0], map[3])
  const move = (point: Point): Point => apply(map, point)
  const middle = move({ x: face.box.x + face.box.width / 2, y: face.box.y + face.box.height / 2 })
  const [width, height] = [face.box.width * scale, face.box.height * scale]
  const turned = (Math.atan2(map[3], map[0]) * 180) / Math.PI
  return {
    ...face,
    box: { x: middle.x - width / 2, y: middle.y - height / 2, width, height },
    keypoints: face.keypoints.map(move),
    leftEye: move(face.leftEye),
    rightEye: move(face.rightEye),
    tilt: face.tilt + turned,
    mesh: {
      ...face.mesh,
      points: face.mesh.points.map((point) => ({ ...move(point), z: point.z * scale }))
    }
  }
}

/** Box of the photo that holds the person's outline, in pixels of the overview. */
export function personBox({ outline, scale }: PersonView): Box {
  let [left, top, right, bottom] = [outline.width, outline.height, 0, 0]
  for (let y = 0, at = 0; y < outline.height; y++) {
    for (let x = 0; x < outline.width; x++, at++) {
      if ((outline.data[at] ?? 0) < SEEN) continue
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x + 1)
      bottom = Math.max(bottom, y + 1)
    }
  }
  return { x: left / scale, y: top / scale, width: (right - left) / scale, height: (bottom - top) / scale }
}

/** Less of a person than this shows in no picture. */
const SEEN = 0.02
