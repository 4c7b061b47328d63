import type { Criterion, Outcome } from '../../../domain/criterion.ts'

const RANK: Readonly<Record<Outcome, number>> = { failed: 0, undecided: 1, passed: 2, advisory: 3, 'not-attempted': 4 }

/** What failed comes first; otherwise the ledger's own order. */
export function failedFirst(ledger: readonly Criterion[]): Criterion[] {
  return [...ledger].sort((a, b) => RANK[a.outcome] - RANK[b.outcome])
}
