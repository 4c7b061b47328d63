import type { Band, Criterion } from '../criterion.ts'

/** How far a measured value lies outside its band. */
export interface Deviation {
  readonly side: 'below' | 'above'
  readonly value: number
  /** The limit that is missed. */
  readonly limit: number
  /** Where to go, in the criterion's unit. */
  readonly aim: number
  /** Distance to the limit that is missed, in widths of the band or in sizes of its only limit; above 0, at most 1. */
  readonly severity: number
}

/** How far inside its only limit a one-sided value is aimed, as a share of that limit. */
const MARGIN = 0.2

/** The value to aim at: the middle of the band, or a little inside its only limit. */
export function aimOf({ min, max }: Band): number | undefined {
  if (min !== undefined && max !== undefined) return (min + max) / 2
  if (min !== undefined) return min + MARGIN * Math.abs(min)
  if (max !== undefined) return max - MARGIN * Math.abs(max)
  return undefined
}

function scaleOf({ min, max }: Band): number {
  if (min !== undefined && max !== undefined && max > min) return max - min
  return Math.abs(min ?? max ?? 0) || 1
}

/** Null where there is no figure, or where it lies within its band. */
export function deviationOf({ value, band }: Pick<Criterion, 'value' | 'band'>): Deviation | null {
  const aim = aimOf(band)
  if (value === null || aim === undefined) return null
  const missed = band.min !== undefined && value < band.min ? band.min : band.max
  if (missed === undefined || (missed === band.max && value <= missed)) return null
  return {
    side: value < missed ? 'below' : 'above',
    value,
    limit: missed,
    aim,
    severity: Math.min(1, Math.abs(value - missed) / scaleOf(band))
  }
}

/** Share of its way to the aim that a value has gone: 1 arrived, 0 unmoved, negative farther away; null where two values do not compare. */
export function progressTowardsAim(before: Criterion, after: Criterion): number | null {
  const aim = aimOf(after.band)
  if (aim === undefined || before.value === null || after.value === null || before.unit !== after.unit) return null
  const distance = Math.abs(before.value - aim)
  return distance === 0 ? null : 1 - Math.abs(after.value - aim) / distance
}
