import type { Raster } from '../pixels/raster.ts'
import { areasOf } from './connected.ts'
import { shareAround } from './share-around.ts'

/** Half the width of what is thin, in widths of the face: a lock that stands off, a sliver of somebody's finger. */
const THIN = 0.04
/** Mean probability of hair from which on a thin piece is a lock; the parser is unsure of what is so thin. */
const LOCK = 0.3
/** Smaller ones, in squares of the face's width, are the ends of thick locks: without them those look chopped. */
const LOCK_AREA = 0.01
/** Nearer than this, in widths of the face, somebody else is beside a piece; at this share of it, it is theirs. */
const BESIDE = 0.08
const MOSTLY = 0.5
/** Shares of a window of which all is inside, or none. */
const ALL = 0.99
const NONE = 1e-4

/**
 * Takes from an outline the thin pieces that stand off it and make a portrait look badly cut out: locks of hair, beside
 * and through which the old place shows, and slivers of somebody else. What is worn, a temple of glasses or a strap, stays.
 * Thin is what a morphological opening takes away (Serra, "Image analysis and mathematical morphology", 1982).
 *
 * @param outline 1 channel, 0..1
 * @param hair probability of hair, same size
 * @param isOthers whether a place shows somebody else
 * @param faceWidth pixels of the outline
 */
export function dropThinPieces(
  outline: Raster,
  hair: Float32Array,
  isOthers: (at: number) => boolean,
  faceWidth: number
): Raster {
  const { width, height, data } = outline
  const pixels = (share: number) => Math.max(1, Math.round(share * faceWidth))
  const isInside = (at: number) => (data[at] ?? 0) >= 0.5
  const deep = shareAround(outline, isInside, pixels(THIN))
  const opened = shareAround(outline, (at) => (deep[at] ?? 0) > ALL, pixels(THIN))
  const pieces = areasOf((at) => isInside(at) && (opened[at] ?? 0) < NONE, width, height)
  if (pieces.length === 0) return outline
  const others = shareAround(outline, isOthers, pixels(BESIDE))
  const mean = (piece: Int32Array, of: (at: number) => number) =>
    piece.reduce((sum, at) => sum + of(at), 0) / piece.length
  const isLock = (piece: Int32Array) =>
    piece.length >= LOCK_AREA * faceWidth * faceWidth && mean(piece, (at) => hair[at] ?? 0) >= LOCK
  const isTheirs = (piece: Int32Array) => mean(piece, (at) => ((others[at] ?? 0) > NONE ? 1 : 0)) >= MOSTLY
  const kept = data.slice()
  for (const piece of pieces) if (isLock(piece) || isTheirs(piece)) for (const at of piece) kept[at] = 0
  return { ...outline, data: kept }
}
