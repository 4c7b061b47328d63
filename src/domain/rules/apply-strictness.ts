import { type Band, type Criterion, outcomeWithin } from '../criterion.ts'
import { say } from '../sentences/say.ts'
import { ALWAYS_NORMAL, type Strictness, type StrictnessLevel } from '../strictness.ts'

/**
 * How much wider (lenient) or narrower (strict) a band becomes: half as much again, and two thirds, so that the one
 * undoes the other. A choice of taste, not a measurement.
 */
const WIDENED: Readonly<Record<Exclude<StrictnessLevel, 'off' | 'normal'>, number>> = { lenient: 1.5, strict: 1 / 1.5 }

/** The band around its own middle; one that is open at a side moves by a share of its limit. */
function scaled({ min, max }: Band, factor: number): Band {
  if (min !== undefined && max !== undefined) {
    const middle = (min + max) / 2
    const half = ((max - min) / 2) * factor
    return { min: middle - half, max: middle + half }
  }
  if (min !== undefined) return { min: min - Math.abs(min) * (1 - 1 / factor) }
  if (max !== undefined) return { max: max + Math.abs(max) * (factor - 1) }
  return {}
}

/** A measured row judged as hard as the order says; what was not decided by a band stays as it was. */
function judged(criterion: Criterion, level: StrictnessLevel): Criterion {
  const decided = criterion.outcome === 'passed' || criterion.outcome === 'failed'
  if (level === 'normal' || criterion.source !== 'measured' || !decided) return criterion
  if (level === 'off') return { ...criterion, outcome: 'advisory', note: noted(criterion, say('not-asked-for')) }
  if (criterion.value === null) return criterion
  const band = scaled(criterion.band, WIDENED[level])
  const note = noted(criterion, say(level === 'lenient' ? 'judged-leniently' : 'judged-strictly'))
  return { ...criterion, band, outcome: outcomeWithin(criterion.value, band), note }
}

const noted = ({ note }: Criterion, words: string) => (note === undefined ? words : `${note} ${words}`)

/** The ledger as hard as the order says, criterion by criterion. */
export function applyStrictness(ledger: readonly Criterion[], strictness: Strictness): Criterion[] {
  const always: ReadonlySet<string> = new Set(ALWAYS_NORMAL)
  const levels: Readonly<Record<string, StrictnessLevel | undefined>> = strictness
  return ledger.map((criterion) =>
    judged(criterion, always.has(criterion.id) ? 'normal' : (levels[criterion.id] ?? 'normal'))
  )
}
