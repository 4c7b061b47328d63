import Table from 'cli-table3'
import type { Outcome } from '../../domain/criterion.ts'
import { bandInWords, valueInWords } from '../../domain/figures.ts'
import type { Judgement } from '../../domain/judgement.ts'
import { byOutcome, OUTCOME_MARKS } from '../delivery/ledger-words.ts'
import type { Terminal } from './terminal.ts'

const COLOURS: Readonly<Record<Outcome, 'green' | 'red' | 'gray'>> = {
  passed: 'green',
  failed: 'red',
  undecided: 'red',
  'not-attempted': 'gray',
  advisory: 'gray'
}

/** The ledger of one picture as a table for a terminal, what failed first. */
export function ledgerTable(judgement: Judgement, terminal: Terminal): string {
  const table = new Table({
    head: ['', 'question', 'value', 'limit'],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [3, Math.max(40, Math.min(72, terminal.columns - 46)), 16, 22],
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }
  })
  for (const criterion of byOutcome(judgement.ledger)) {
    table.push([
      terminal.style(COLOURS[criterion.outcome], OUTCOME_MARKS[criterion.outcome]),
      criterion.note && (criterion.outcome !== 'passed' || criterion.source === 'vlm')
        ? `${criterion.question} ${criterion.note}`
        : criterion.question,
      valueInWords(criterion),
      bandInWords(criterion.band, criterion.unit)
    ])
  }
  return table.toString()
}
