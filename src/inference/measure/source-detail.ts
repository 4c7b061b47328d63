import type { Criterion } from '../../domain/criterion.ts'
import { say } from '../../domain/sentences/say.ts'
import { advisory, decided, type Question, unmeasured } from './row.ts'

export const SOURCE_DETAIL: Question = {
  id: 'source-detail',
  question: say('asks-source-detail'),
  unit: '%'
}

/** Enlarged more than eightfold, 63 of 64 pixels are invented. */
const LEAST = 12.5
/** Up to twofold, interpolated pixels do not show at the size a portrait is looked at. */
const ENOUGH = 50

/**
 * Pixels of the source behind one pixel of the picture at the face, linear. Down to half it passes; below it is told;
 * where nearly nothing is real it fails.
 *
 * @param detail as the engine stated it; null where every pixel is painted
 * @param longEdge of the picture, px
 */
export function sourceDetail(detail: number | null, longEdge: number): Criterion {
  if (detail === null) return unmeasured(SOURCE_DETAIL, 'advisory', say('detail-painted'))
  const value = Math.min(100, detail * 100)
  const finding = {
    value,
    band: { min: LEAST },
    ideal: 100,
    note: meaning(value, longEdge)
  }
  return value < ENOUGH && value >= LEAST ? advisory(SOURCE_DETAIL, finding) : decided(SOURCE_DETAIL, finding)
}

/** What the photo gives, as the long edge of a picture that needed nothing more. */
function meaning(value: number, longEdge: number): string {
  if (value >= 100) return say('detail-all', { pixels: longEdge })
  const figures = { given: Math.round((value * longEdge) / 100), pixels: longEdge, share: value.toFixed(0) }
  if (value < LEAST) return say('detail-too-little', figures)
  return say(value < ENOUGH ? 'detail-some' : 'detail-most', figures)
}
