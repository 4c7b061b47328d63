import type { Band, Criterion, Outcome } from '../../domain/criterion.ts'

/** A mark always stands beside the colour, for those who cannot tell red from green. */
export const OUTCOME_MARKS: Readonly<Record<Outcome, string>> = {
  passed: '✓',
  failed: '✕',
  undecided: '?',
  'not-attempted': '–',
  advisory: '·'
}

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

const ORDER: readonly Outcome[] = ['failed', 'undecided', 'passed', 'advisory', 'not-attempted']

/** What failed first: that is what a reader came for. */
export function byOutcome(ledger: readonly Criterion[]): Criterion[] {
  return [...ledger].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))
}
