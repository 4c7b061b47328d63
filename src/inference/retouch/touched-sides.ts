import type { Point } from '../../domain/geometry.ts'
import { type Frame, photoToFrame } from './frame.ts'

export type TouchedSide = 'left' | 'right'

/** Contacts along less of the frame's height than this show as nothing. */
const LEAST = 0.08

/**
 * The sides of a frame on which somebody else touches the person.
 * @param contacts places along the line between them, photo pixels
 */
export function touchedSides(contacts: readonly Point[], frame: Frame): TouchedSide[] {
  const rows: Record<TouchedSide, Set<number>> = { left: new Set(), right: new Set() }
  for (const contact of contacts) {
    const { x, y } = photoToFrame(frame, contact)
    if (x < 0 || x > 1 || y < 0 || y > 1) continue
    rows[x < 0.5 ? 'left' : 'right'].add(Math.floor(y * ROWS))
  }
  const sides: readonly TouchedSide[] = ['left', 'right']
  return sides.filter((side) => rows[side].size > LEAST * ROWS)
}

/** Heights are counted on so many rows, so that neither the photo's size nor a slanting line matters. */
const ROWS = 50
