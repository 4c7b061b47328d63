import type { Band, Criterion } from './criterion.ts'
import { say } from './sentences/say.ts'

/** At most three significant decimals, no trailing zeros: 41, 0.43, 12.5. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return String(Number(value.toFixed(digits)))
}

/** Names of scales rather than units: the question beside the figure says more than they do. */
const UNSAID: ReadonlySet<string> = new Set(['', 'count', 'EAR', 'sharpness', 'correlation', 'binary'])

/** The number with its unit, as a layman reads it. */
function measured(value: string, unit: string): string {
  if (UNSAID.has(unit)) return value
  return unit === '%' || unit === '°' ? `${value}${unit}` : `${value} ${unit}`
}

const PERCENT = 100

/** What is read instead of what is stored: a probability as a share of a hundred. Figures are multiplied by `times`. */
export function unitShown(stored: string): { readonly unit: string; readonly times: number } {
  return stored === 'probability' ? { unit: '%', times: PERCENT } : { unit: stored, times: 1 }
}

function shown(stored: string): { readonly unit: string; readonly figureOf: (value: number) => string } {
  const { unit, times } = unitShown(stored)
  return { unit, figureOf: (value) => figure(times * value) }
}

export function valueInWords(criterion: Pick<Criterion, 'value' | 'unit'>): string {
  const { unit, figureOf } = shown(criterion.unit)
  return criterion.value === null ? '' : measured(figureOf(criterion.value), unit)
}

export function bandInWords({ min, max }: Band, storedUnit: string): string {
  const { unit, figureOf } = shown(storedUnit)
  if (min !== undefined && min === max) return say('exactly', { value: measured(figureOf(min), unit) })
  if (min !== undefined && max !== undefined)
    return say('from-to', { min: figureOf(min), max: measured(figureOf(max), unit) })
  if (min !== undefined) return say('at-least', { value: measured(figureOf(min), unit) })
  if (max !== undefined) return say('at-most', { value: measured(figureOf(max), unit) })
  return ''
}
