import type { Band } from '../../domain/criterion.ts'

/**
 * How good a value is, 0..1: 1 at or beyond the ideal, 0.5 at the limit, 0 as far outside the limit as the ideal lies
 * inside. Straight lines between, so a better value never scores less and a passed one never below a failed one.
 */
export function scoreAgainst(value: number, ideal: number, band: Band): number {
  if (!Number.isFinite(value)) return 0
  const limit = value < ideal ? band.min : band.max
  if (limit === undefined || value === ideal) return 1
  const room = Math.abs(limit - ideal)
  if (room === 0) return 0
  return Math.max(0, 1 - (0.5 * Math.abs(value - ideal)) / room)
}
