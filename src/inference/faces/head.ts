import type { Box, Point } from '../../domain/geometry.ts'
import type { AnalysedFace } from './face.ts'
import { FACE_OVAL } from './mesh-indices.ts'

/** The head from the crown, hair and hat included, to the chin, px of the picture. */
export interface HeadExtent {
  /** May lie above the picture's upper edge when `cut` is true. */
  readonly crown: number
  readonly chin: number
  readonly height: number
  /** Middle between the eyes. */
  readonly eyes: Point
  /** The crown touches the upper edge: part of the head is outside the picture. */
  readonly cut: boolean
}

/** Whether a point of the picture shows hair, skin of the head or something worn on it. */
export type IsHead = (point: Point) => boolean

/**
 * The mesh ends at the hairline. Where the head goes on above it is searched, up to this many heights of the face above
 * the chin; an Afro or a tall hat fits, a raised arm behind the head mostly does not.
 */
const SEARCH = 1.9
/**
 * Heights of a face in its widths, as the mesh has them of faces that look into the camera: 1.1 to 1.25. Of a bowed head
 * the face is seen shortened, and as much more of the hair above it.
 */
const HEIGHT_OF_WIDTH = 1.2
/** Bald heads rise above the mesh's topmost points by at least this share of the face's height (Farkas 1994: v–tr). */
const LEAST = 0.08
/** Columns searched, as a share of the face's width about its middle. */
const COLUMNS = 0.7
/** This share of the columns may reach higher than what counts as the crown: single hairs, a raised finger. */
const SPIKES = 0.15
const COLUMN_COUNT = 33

/** Crown and chin of a face; the crown is where the columns above the face stop being head. */
export function headExtent(face: AnalysedFace, isHead: IsHead): HeadExtent {
  const oval = ovalBounds(face)
  const step = oval.height / 200
  const highest = oval.y + oval.height - SEARCH * Math.max(oval.height, HEIGHT_OF_WIDTH * oval.width)
  const tops: number[] = []
  for (let column = 0; column < COLUMN_COUNT; column++) {
    const x = oval.x + oval.width / 2 + (column / (COLUMN_COUNT - 1) - 0.5) * COLUMNS * oval.width
    tops.push(topOfColumn(x, oval.y, highest, step, isHead))
  }
  tops.sort((a, b) => a - b)
  const found = tops[Math.floor(SPIKES * COLUMN_COUNT)] ?? oval.y
  const crown = Math.min(found, oval.y - LEAST * oval.height)
  const chin = oval.y + oval.height
  const eyes = { x: (face.leftEye.x + face.rightEye.x) / 2, y: (face.leftEye.y + face.rightEye.y) / 2 }
  return { crown, chin, height: chin - crown, eyes, cut: crown <= step }
}

/** Gaps up to this many steps do not end the head: a parting, a hat band. */
const GAP_STEPS = 6

function topOfColumn(x: number, from: number, highest: number, step: number, isHead: IsHead): number {
  let top = from
  for (let y = from, gap = 0; y >= highest && gap <= GAP_STEPS; y -= step) {
    if (isHead({ x, y })) {
      top = y
      gap = 0
    } else gap++
  }
  return top
}

/** Bounds of the face's outline in the mesh. */
export function ovalBounds(face: AnalysedFace): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const index of FACE_OVAL) {
    const point = face.mesh.points[index]
    if (!point) continue
    left = Math.min(left, point.x)
    top = Math.min(top, point.y)
    right = Math.max(right, point.x)
    bottom = Math.max(bottom, point.y)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}
