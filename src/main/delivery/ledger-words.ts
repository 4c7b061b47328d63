import type { Criterion, Outcome } from '../../domain/criterion.ts'

/** A mark always stands beside the colour, for those who cannot tell red from green. */
export const OUTCOME_MARKS: Readonly<Record<Outcome, string>> = {
  passed: '✓',
  failed: '✗',
  undecided: '?',
  'not-attempted': '–',
  advisory: '·'
}

const ORDER: readonly Outcome[] = ['failed', 'undecided', 'passed', 'advisory', 'not-attempted']

/** What failed first: that is what a reader came for. */
export function byOutcome(ledger: readonly Criterion[]): Criterion[] {
  return [...ledger].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))
}
