import { areasOf } from './connected.ts'
import { geodesicDistance } from './geodesic.ts'

/** Probability from which a place is hair, or skin. */
const CERTAIN = 0.35
/** What a step costs on top, off the hair or the skin: it is walked along, from the head it belongs to. */
const OFF = 30
/** What hangs together with one head alone is ahead, or behind; widths of the face: enough far beside the body, too. */
const SETTLED = 9
/** A lead through hair or skin counts so many times one across clothes: far from the face it is still sure. */
const SURER = 4

/** A head as far as its hair, or its skin, is concerned. */
export interface RootedHead {
  /** Places where that is surely this head's own. */
  readonly roots: readonly number[]
  /** What a step onto each place costs on the way from them. */
  readonly cost: Float32Array
}

/** Hair, or bare skin, on the grid on which walks are found. */
export interface Growth {
  readonly width: number
  readonly height: number
  /** Of every place, 0..1. */
  readonly share: Float32Array
  /**
   * Whether an area that holds the roots of one head alone is all that head's: hair is, but bare arms hang together with
   * a face only when no clothes come between.
   */
  readonly isWhole: boolean
}

/**
 * Hair is that of the head it grows on, however far it falls and on whom it comes to lie, and an arm that of the
 * shoulder it hangs from: where that of several heads meets, each place goes to the head it is reached from most easily
 * without leaving it.
 *
 * @param lead how much farther each place is from everybody else than from the person, widths of the face
 * @param faceWidth pixels of the grid
 */
export function settleRooted(
  lead: Float32Array,
  own: RootedHead,
  others: readonly RootedHead[],
  { width, height, share, isWhole }: Growth,
  faceWidth: number
): Float32Array {
  const settled = lead.slice()
  const shared: Int32Array[] = []
  const roots = new Set(own.roots)
  const otherRoots = new Set(others.flatMap((head) => head.roots))
  for (const area of areasOf((at) => (share[at] ?? 0) >= CERTAIN, width, height)) {
    const isOwn = area.some((at) => roots.has(at))
    const isOthers = area.some((at) => otherRoots.has(at))
    if (isOwn && isOthers) shared.push(area)
    else if (isOwn && isWhole) for (const at of area) settled[at] = Math.max(lead[at] ?? 0, SETTLED)
    else if (isOthers && isWhole) for (const at of area) settled[at] = Math.min(lead[at] ?? 0, -SETTLED)
  }
  if (shared.length === 0) return settled
  const walk = ({ cost, roots }: RootedHead) => {
    const along = cost.map((step, at) => step + OFF * (1 - Math.min(1, share[at] ?? 0)))
    return geodesicDistance(along, width, height, roots)
  }
  const mine = walk(own)
  const theirs = others.filter((head) => head.roots.length > 0).map(walk)
  for (const area of shared) {
    for (const at of area) {
      const nearest = theirs.reduce((least, distance) => Math.min(least, distance[at] ?? 0), Number.POSITIVE_INFINITY)
      settled[at] = (SURER * (nearest - (mine[at] ?? 0))) / faceWidth
    }
  }
  return settled
}
