import type { Band, Criterion } from './criterion.ts'

/** At most three significant decimals, no trailing zeros: 41, 0.43, 12.5. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return String(Number(value.toFixed(digits)))
}

const spaced = (unit: string) => (unit === '' || unit === '%' || unit === '°' ? unit : ` ${unit}`)

export function valueInWords(criterion: Pick<Criterion, 'value' | 'unit'>): string {
  return criterion.value === null ? '' : `${figure(criterion.value)}${spaced(criterion.unit)}`
}

export function bandInWords(band: Band, unit: string): string {
  const { min, max } = band
  if (min !== undefined && max !== undefined) return `${figure(min)} to ${figure(max)}${spaced(unit)}`
  if (min !== undefined) return `at least ${figure(min)}${spaced(unit)}`
  if (max !== undefined) return `at most ${figure(max)}${spaced(unit)}`
  return ''
}
