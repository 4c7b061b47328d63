import type { Point } from '../../domain/geometry.ts'
import type { Raster } from '../pixels/raster.ts'
import type { PersonMaps } from './person-maps.ts'

/** Logits of people over background from which on a place surely shows somebody. */
const SOMEBODY = 0.5

/**
 * Places, in pixels of the picture, where the line between the person and somebody else who touches them runs: one for
 * every step of the grid. No colour of a wall shows the outline there, it was reasoned out.
 *
 * @param claim 1 where people are this person, 0 where they are somebody else
 * @param outline the person's, on the same grid
 */
export function contactsOf({ margin, width, height, scale }: PersonMaps, claim: Raster, outline: Raster): Point[] {
  const isSomebody = (at: number) => (margin[at] ?? 0) > SOMEBODY
  const isPerson = (at: number) => (outline.data[at] ?? 0) > 0.5
  const isTheirs = (at: number) => (claim.data[at] ?? 0) > 0.5
  const crosses = (one: number, other: number) =>
    isSomebody(one) && isSomebody(other) && isTheirs(one) !== isTheirs(other) && (isPerson(one) || isPerson(other))
  const contacts: Point[] = []
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const at = y * width + x
      if (crosses(at, at + 1) || crosses(at, at + width)) contacts.push({ x: (x + 1) / scale, y: (y + 1) / scale })
    }
  }
  return contacts
}
