import { setFlagsFromString } from 'node:v8'
import { isFrugal } from './frugality.ts'

/**
 * How far memory may grow beyond what the last collection left, percent. V8 counts the floats of pictures with its own
 * small heap, and by itself collects the whole heap a dozen times for every attempt.
 */
const GROWTH = 300

/** Collects garbage less often, where there is memory to spare. */
export function collectLessOften(): void {
  if (!isFrugal()) setFlagsFromString(`--heap-growing-percent=${GROWTH}`)
}
