import type { Criterion } from '../../domain/criterion.ts'
import type { Size } from '../../domain/geometry.ts'
import { decided, type Question } from './row.ts'

export const SIZE: Question = { id: 'size', question: 'Does the picture have the size that was asked for?', unit: 'px' }

/** Profiles whose aspect is no whole number of pixels are rounded. */
const BAND = { max: 1 }

/** How far width or height, the worse of the two, is off. */
export function size(made: Size, asked: Size): Criterion {
  const value = Math.max(Math.abs(made.width - asked.width), Math.abs(made.height - asked.height))
  const note = `${made.width} × ${made.height} pixels; asked for ${asked.width} × ${asked.height}.`
  return decided(SIZE, { value, band: BAND, ideal: 0, note })
}
