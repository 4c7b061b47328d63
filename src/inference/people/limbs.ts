import { areasOf } from './connected.ts'
import { SKIN, type Terrain } from './terrain.ts'

/** Smaller areas, in squares of the face's width, are specks, and say nothing of a limb. */
const LEAST_AREA = 0.3
/** Larger ones are limbs of several people that lie across each other. */
const MOST_AREA = 5
/** A limb whose middle is this far from the axis, in widths of the face, reaches out: nearer ones lie before the body. */
const REACHES_OUT = 0.8
/** Share of a limb from which on all of it is the person's: one's own arm cut off looks worse than one too many. */
const OWN_SHARE = 0.45
/** What a limb's places are ahead, or behind, once it is settled; widths of the face: enough far beside the body, too. */
const SETTLED = 9

/**
 * An arm that reaches out is one person's from the shoulder to the hand, though the line between two people runs across
 * it: each goes whole to whom most of it went. An arm is an area of bare skin that holds no sure place of anybody.
 *
 * @param lead how much farther each place is from everybody else than from the person, widths of the face
 * @param crow how far each place is from the person's axis, widths of the face
 * @param sure places that surely show somebody, of everybody
 * @param faceWidth pixels of the terrain
 */
export function settleLimbs(
  lead: Float32Array,
  crow: Float32Array,
  { kinds, width, height }: Pick<Terrain, 'kinds' | 'width' | 'height'>,
  sure: ReadonlySet<number>,
  faceWidth: number
): Float32Array {
  const settled = lead.slice()
  for (const limb of areasOf((at) => kinds[at] === SKIN, width, height)) {
    const area = limb.length / (faceWidth * faceWidth)
    if (area < LEAST_AREA || area > MOST_AREA || limb.some((at) => sure.has(at))) continue
    const reach = limb.reduce((sum, at) => sum + (crow[at] ?? 0), 0) / limb.length
    if (reach < REACHES_OUT) continue
    const own = limb.reduce((count, at) => count + ((lead[at] ?? 0) > 0 ? 1 : 0), 0) / limb.length
    for (const at of limb) {
      const place = lead[at] ?? 0
      settled[at] = own >= OWN_SHARE ? Math.max(place, SETTLED) : Math.min(place, -SETTLED)
    }
  }
  return settled
}
