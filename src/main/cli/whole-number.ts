import { z } from 'zod'

/** Attempts of one job. */
export const MOST_ATTEMPTS = 10

/** A whole number as it is typed: digits alone, so that an empty word is not 0, nor `1e3` a thousand. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .trim()
    .regex(/^[+-]?\d+$/, 'takes a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `is at least ${least}`).max(most, `is at most ${most}`))
}
