import type { Box, Point } from '../../domain/geometry.ts'
import { PARSING_CLASSES, PARSING_SIDE, type ParsingClass, type PersonParsing } from '../people/parsing.ts'

/** What each place of a picture shows: the likeliest class and the probability of background. */
export interface ClassMap {
  /** The part of the picture the map covers, px. */
  readonly region: Box
  /** 256 × 256 indices into `PARSING_CLASSES`. */
  readonly labels: Uint8Array
  /** 256 × 256, 0..1. */
  readonly background: Float32Array
}

const CLASSES = PARSING_CLASSES.length
const BACKGROUND = PARSING_CLASSES.indexOf('background')

export function classMapOf({ region, logits }: PersonParsing): ClassMap {
  const cells = PARSING_SIDE * PARSING_SIDE
  const labels = new Uint8Array(cells)
  const background = new Float32Array(cells)
  for (let cell = 0; cell < cells; cell++) {
    const at = cell * CLASSES
    let best = 0
    for (let k = 1; k < CLASSES; k++) if ((logits[at + k] ?? 0) > (logits[at + best] ?? 0)) best = k
    const peak = logits[at + best] ?? 0
    let sum = 0
    for (let k = 0; k < CLASSES; k++) sum += Math.exp((logits[at + k] ?? 0) - peak)
    labels[cell] = best
    background[cell] = Math.exp((logits[at + BACKGROUND] ?? 0) - peak) / sum
  }
  return { region, labels, background }
}

/** Index of the cell a point of the picture falls in, or −1 outside the map. */
export function cellAt({ region }: ClassMap, { x, y }: Point): number {
  const column = Math.floor(((x - region.x) / region.width) * PARSING_SIDE)
  const row = Math.floor(((y - region.y) / region.height) * PARSING_SIDE)
  if (column < 0 || row < 0 || column >= PARSING_SIDE || row >= PARSING_SIDE) return -1
  return row * PARSING_SIDE + column
}

/** The likeliest class at a point of the picture; undefined outside the map. */
export function classAt(map: ClassMap, point: Point): ParsingClass | undefined {
  const cell = cellAt(map, point)
  return cell < 0 ? undefined : PARSING_CLASSES[map.labels[cell] ?? 0]
}

/** Probability of background at a point of the picture; 0 outside the map, where nothing is known. */
export function backgroundAt(map: ClassMap, point: Point): number {
  const cell = cellAt(map, point)
  return cell < 0 ? 0 : (map.background[cell] ?? 0)
}
