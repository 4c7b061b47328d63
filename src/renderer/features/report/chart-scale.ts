import type { Band } from '../../../domain/criterion.ts'

/** From a value to its height in a drawing, so that all values and both limits are inside, larger ones above. */
export function chartScale(
  values: readonly number[],
  band: Band,
  height: number,
  margin: number
): (value: number) => number {
  const limits = [band.min, band.max].filter((value) => value !== undefined)
  const shown = [...values, ...limits].filter(Number.isFinite)
  const low = Math.min(...shown)
  const high = Math.max(...shown)
  const span = high - low || Math.abs(high) || 1
  return (value) => height - margin - ((value - low) / span) * (height - 2 * margin)
}
