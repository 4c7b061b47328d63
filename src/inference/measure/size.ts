import type { Criterion } from '../../domain/criterion.ts'
import type { Size } from '../../domain/geometry.ts'
import { say } from '../../domain/sentences/say.ts'
import { decided, type Question } from './row.ts'

export const SIZE: Question = { id: 'size', question: say('asks-size'), unit: 'px' }

/** Profiles whose aspect is no whole number of pixels are rounded. */
const BAND = { max: 1 }

const pixels = ({ width, height }: Size) => `${width} × ${height}`

/** How far width or height, the worse of the two, is off. */
export function size(made: Size, asked: Size): Criterion {
  const value = Math.max(Math.abs(made.width - asked.width), Math.abs(made.height - asked.height))
  const note = say('size-made-and-asked', { made: pixels(made), asked: pixels(asked) })
  return decided(SIZE, { value, band: BAND, ideal: 0, note })
}
