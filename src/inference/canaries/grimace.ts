import type { Point } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { MOUTH_CORNER_LEFT, MOUTH_CORNER_RIGHT } from '../faces/mesh-indices.ts'
import type { Raster } from '../pixels/raster.ts'
import { warped } from './warped.ts'

/** Middle of each eyebrow in the face mesh (see mesh-indices.ts for the source); the person's own left and right. */
const BROW = { left: 334, right: 105 } as const

/** How far a pull reaches, as its standard deviation, in widths of the face; beyond four of them nothing is left of it. */
const REACH = 0.11
const NOTHING_BEYOND = 4
/**
 * How far each point is drawn, in widths of the face along the face's own axes, x to the person's left: one corner of
 * the mouth up and out, the other down and out, one brow up and the other over the eye. Chosen by eye: everybody sees a
 * grimace, and it stays a face.
 */
const PULLS: readonly { readonly point: number; readonly x: number; readonly y: number }[] = [
  { point: MOUTH_CORNER_RIGHT, x: -0.07, y: -0.14 },
  { point: MOUTH_CORNER_LEFT, x: 0.06, y: 0.15 },
  { point: BROW.right, x: 0, y: -0.1 },
  { point: BROW.left, x: -0.02, y: 0.09 }
]
/** What is drawn anew around the face, in widths of it. */
const AROUND = 0.4

/** The face pulled into a grimace: mouth and brows askew as no face at ease has them. */
export function pullGrimace(
  picture: Raster,
  face: Pick<AnalysedFace, 'box' | 'mesh' | 'leftEye' | 'rightEye'>
): Raster {
  const { box, mesh, leftEye, rightEye } = face
  const { width } = box
  const across = unit({ x: leftEye.x - rightEye.x, y: leftEye.y - rightEye.y })
  const pulls = PULLS.flatMap(({ point, x, y }) => {
    const at = mesh.points[point]
    if (!at) return []
    return [{ at, by: { x: width * (across.x * x - across.y * y), y: width * (across.y * x + across.x * y) } }]
  })
  const margin = AROUND * width
  const part = { x: box.x - margin, y: box.y - margin, width: width + 2 * margin, height: box.height + 2 * margin }
  return warped(picture, part, (to) => {
    const from = { ...to }
    for (const { at, by } of pulls) {
      // What lands where a point was pulled to comes from where it was.
      const [x, y] = [(to.x - at.x - by.x) / (REACH * width), (to.y - at.y - by.y) / (REACH * width)]
      const squared = x * x + y * y
      if (squared > NOTHING_BEYOND ** 2) continue
      const share = Math.exp(-squared / 2)
      from.x -= share * by.x
      from.y -= share * by.y
    }
    return from
  })
}

function unit({ x, y }: Point): Point {
  const length = Math.hypot(x, y)
  return length === 0 ? { x: 1, y: 0 } : { x: x / length, y: y / length }
}
