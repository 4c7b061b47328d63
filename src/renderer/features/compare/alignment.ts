import type { Point, Size } from '../../../domain/geometry.ts'
import { chosenFace } from '../intake/chosen-face.ts'
import type { Candidate } from './candidates.ts'

/** Eyes of a picture from left to right, pixels. */
export type Eyes = readonly [Point, Point]

/** Where the eyes of the person are: measured in what was made, found in a reference; null where neither is known. */
export function eyesOf({ choice, job, judgement }: Candidate): Eyes | null {
  if (choice === 'reference') {
    const [reference] = job.references
    if (!reference?.inspection) return null
    const { face, inspection } = reference
    const index = chosenFace({ face, inspection })
    const found = inspection.faces.find((each) => each.index === index)
    return found ? leftToRight(found.leftEye, found.rightEye) : null
  }
  const tilt = judgement?.ledger.find((row) => row.id === 'head-tilt')
  const line = tilt?.regions.find((region) => region.shape === 'line')
  return line?.shape === 'line' ? leftToRight(line.from, line.to) : null
}

function leftToRight(a: Point, b: Point): Eyes {
  return a.x <= b.x ? [a, b] : [b, a]
}

/** A turn, a scale and a shift, as the six numbers of CSS `matrix()`. */
export type Similarity = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** Lays a picture of this size over one of that size: by their eyes, or else edge on edge. */
export function alignment(from: { eyes: Eyes | null; size: Size }, to: { eyes: Eyes | null; size: Size }): Similarity {
  if (!from.eyes || !to.eyes) {
    const scale = Math.max(to.size.width / from.size.width, to.size.height / from.size.height)
    const shift = (room: number, extent: number) => (room - extent * scale) / 2
    return [scale, 0, 0, scale, shift(to.size.width, from.size.width), shift(to.size.height, from.size.height)]
  }
  const [p, q] = from.eyes
  const [r, s] = to.eyes
  const [dx, dy] = [q.x - p.x, q.y - p.y]
  const [ex, ey] = [s.x - r.x, s.y - r.y]
  const squared = dx * dx + dy * dy || 1
  // Division of complex numbers: the turn and scale that carry one line onto the other.
  const a = (ex * dx + ey * dy) / squared
  const b = (ey * dx - ex * dy) / squared
  return [a, b, -b, a, r.x - a * p.x + b * p.y, r.y - b * p.x - a * p.y]
}
