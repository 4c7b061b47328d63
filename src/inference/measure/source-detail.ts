import type { Criterion } from '../../domain/criterion.ts'
import { advisory, decided, type Question, unmeasured } from './row.ts'

export const SOURCE_DETAIL: Question = {
  id: 'source-detail',
  question: 'Is there a real pixel of the photo behind every pixel of the face?',
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
  if (detail === null) return unmeasured(SOURCE_DETAIL, 'advisory', 'Painted: no pixel comes from the photo.')
  const value = Math.min(100, detail * 100)
  const finding = {
    value,
    band: { min: LEAST },
    ideal: 100,
    note: `${pixels(value, longEdge)}: ${meaning(value)}`
  }
  return value < ENOUGH && value >= LEAST ? advisory(SOURCE_DETAIL, finding) : decided(SOURCE_DETAIL, finding)
}

/** What the photo gives, as the long edge of a picture that needed nothing more. */
function pixels(value: number, longEdge: number): string {
  if (value >= 100) return `All ${longEdge} pixels are real`
  return `The photo gives ${Math.round((value * longEdge) / 100)} of ${longEdge} pixels (${value.toFixed(0)} %)`
}

function meaning(value: number): string {
  if (value < LEAST) return 'it is too small for this size. Use a larger photo or a smaller resolution.'
  if (value < ENOUGH) return 'the rest is interpolated. A larger photo, or a smaller resolution, would be finer.'
  return value < 100 ? 'the rest is interpolated.' : 'every pixel comes from the photo.'
}
