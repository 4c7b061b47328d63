import type { Point } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { CHIN } from '../faces/mesh-indices.ts'
import type { PersonView } from '../people/matte.ts'
import { faceSize } from '../people/person-maps.ts'

export type CutSide = 'left' | 'right' | 'top' | 'bottom'

/** A place where the person is cut off by the photo's edge, or by something in front, and must not end in a picture. */
export interface BodyCut extends Point {
  readonly side: CutSide
}

/** Along an edge one place in so many grid pixels is enough. */
const STEP = 4
/** Columns under the face, in widths of the face from its middle, in which the body must go on down. */
const CHEST = [-0.4, -0.2, 0, 0.2, 0.4]

/** All places, in photo pixels, where the person's outline ends although the person does not. */
export function bodyCuts(view: PersonView, face: AnalysedFace): BodyCut[] {
  const { outline, scale } = view
  const [right, bottom] = [outline.width - 1, outline.height - 1]
  const covered = (x: number, y: number) => (outline.data[y * outline.width + x] ?? 0) > 0.5
  const cuts: BodyCut[] = []
  const photo = { width: outline.width / scale, height: outline.height / scale }
  for (let x = 0; x <= right; x += STEP) {
    if (covered(x, 0)) cuts.push({ side: 'top', x: (x + 0.5) / scale, y: 0 })
    if (covered(x, bottom)) cuts.push({ side: 'bottom', x: (x + 0.5) / scale, y: photo.height })
  }
  for (let y = 0; y <= bottom; y += STEP) {
    if (covered(0, y)) cuts.push({ side: 'left', x: 0, y: (y + 0.5) / scale })
    if (covered(right, y)) cuts.push({ side: 'right', x: photo.width, y: (y + 0.5) / scale })
  }
  return [...cuts, ...chestEnds(view, face, covered)]
}

function chestEnds(view: PersonView, face: AnalysedFace, covered: (x: number, y: number) => boolean): BodyCut[] {
  const { outline, scale } = view
  const chin = face.mesh.points[CHIN]
  if (!chin) return []
  const ends: BodyCut[] = []
  for (const share of CHEST) {
    const x = Math.round((chin.x + share * faceSize(face)) * scale)
    let y = Math.round((chin.y + CHEST_BEGIN * faceSize(face)) * scale)
    if (x < 0 || x >= outline.width || y < 0 || y >= outline.height || !covered(x, y)) continue
    while (y < outline.height && covered(x, y)) y++
    if (y < outline.height) ends.push({ side: 'bottom', x: (x + 0.5) / scale, y: y / scale })
  }
  return ends
}

/** Below the chin, in widths of the face, where the chest has begun. */
const CHEST_BEGIN = 0.45
