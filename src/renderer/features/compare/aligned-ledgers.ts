import type { Criterion, CriterionId } from '../../../domain/criterion.ts'
import type { Judgement } from '../../../domain/judgement.ts'

export interface AlignedRow {
  readonly id: CriterionId
  /** One for each picture; null where it was not measured. */
  readonly cells: readonly (Criterion | null)[]
  /** Positions of the best; none where all are equal, or only one was measured. */
  readonly best: readonly number[]
}

/** Scores this close are the same to the eye. */
const SAME = 0.02

/** The ledgers of several pictures, row beside row, in the order of the first that has the row. */
export function alignedLedgers(judgements: readonly (Judgement | null)[]): AlignedRow[] {
  const ids = new Set(judgements.flatMap((judgement) => judgement?.ledger.map((row) => row.id) ?? []))
  return [...ids].map((id) => {
    const cells = judgements.map((judgement) => judgement?.ledger.find((row) => row.id === id) ?? null)
    return { id, cells, best: bestOf(cells) }
  })
}

function bestOf(cells: readonly (Criterion | null)[]): number[] {
  const rank = (cell: Criterion | null) =>
    cell === null || cell.outcome === 'not-attempted' ? null : cell.score + (cell.outcome === 'passed' ? 1 : 0)
  const ranks = cells.map(rank)
  const known = ranks.filter((each) => each !== null)
  const top = Math.max(...known)
  if (known.length < 2 || known.every((each) => top - each < SAME)) return []
  return ranks.flatMap((each, at) => (each !== null && top - each < SAME ? [at] : []))
}
