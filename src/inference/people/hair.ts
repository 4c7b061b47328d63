import { areasOf } from './connected.ts'
import { geodesicDistance } from './geodesic.ts'
import type { Terrain } from './terrain.ts'

/** Probability from which a place is hair. */
const HAIR = 0.35
/** What a step costs on top, off the hair: hair is walked along, from the head it grows on. */
const OFF_HAIR = 30
/** What hair is ahead, or behind, that grows on one head alone; widths of the face: enough far beside the body, too. */
const SETTLED = 9

/** A lead through hair counts so many times one across clothes: far from the face it is still sure. */
const SURER = 4

/** A head as far as its hair is concerned. */
export interface HairyHead {
  /** Places right around the face, where hair is that head's own. */
  readonly roots: readonly number[]
  /** What a step onto each place costs when looking for this head's hair. */
  readonly cost: Float32Array
}

/**
 * Hair is that of the head it grows on, however far it falls and on whom it comes to lie: a lock that hangs together
 * with one head alone is settled, and where the hair of several meets, each place goes to the head it is reached from
 * most easily without leaving the hair.
 *
 * @param lead how much farther each place is from everybody else than from the person, widths of the face
 * @param faceWidth pixels of the terrain
 */
export function settleHair(
  lead: Float32Array,
  own: HairyHead,
  others: readonly HairyHead[],
  { hair, width, height }: Pick<Terrain, 'hair' | 'width' | 'height'>,
  faceWidth: number
): Float32Array {
  const settled = lead.slice()
  const isHair = (at: number) => (hair[at] ?? 0) >= HAIR
  const shared: Int32Array[] = []
  const roots = new Set(own.roots)
  const otherRoots = new Set(others.flatMap((head) => head.roots))
  for (const area of areasOf(isHair, width, height)) {
    const isOwn = area.some((at) => roots.has(at))
    const isOthers = area.some((at) => otherRoots.has(at))
    if (isOwn && isOthers) shared.push(area)
    else if (isOwn) for (const at of area) settled[at] = Math.max(lead[at] ?? 0, SETTLED)
    else if (isOthers) for (const at of area) settled[at] = Math.min(lead[at] ?? 0, -SETTLED)
  }
  if (shared.length === 0) return settled
  const walk = ({ cost, roots }: HairyHead) => {
    const along = cost.map((step, at) => step + OFF_HAIR * (1 - Math.min(1, hair[at] ?? 0)))
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
