import type { Criterion } from '../../domain/criterion.ts'
import { bandInWords, valueInWords } from '../../domain/figures.ts'
import { criterionWords } from '../../domain/rules/criterion-words.ts'

/** One line for each row: its id, what it is about, how it came out and the figures. */
export function ledgerInWords(rows: readonly Criterion[]): string {
  return rows.map(rowInWords).join('\n')
}

function rowInWords(row: Criterion): string {
  const should = bandInWords(row.band, row.unit)
  const figures = [valueInWords(row), should && `should be ${should}`].filter((part) => part !== '')
  return `- ${row.id} (${criterionWords(row.id).label}): ${[row.outcome, ...figures].join(', ')}`
}
