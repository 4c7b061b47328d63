import type { Attempt } from '../../domain/job.ts'
import { comparisonInWords } from '../../domain/judging/comparison-words.ts'
import type { Report } from '../../domain/report.ts'
import { authorInWords } from '../../domain/reporting/report-author.ts'
import type { Terminal } from './terminal.ts'

/** What is said of an attempt beside its ledger: whose words its brief is, and which attempt is the better one so far. */
export function besideLedger({ number, brief, comparison }: Attempt, terminal: Terminal): string[] {
  return [brief.note, comparison && comparisonInWords(number, comparison)].flatMap((line) =>
    line === undefined ? [] : [terminal.style('gray', line)]
  )
}

/** The report in short, and who wrote it. */
export function reportInShort(report: Report, terminal: Terminal): string {
  return `${report.summary}\n${terminal.style('gray', authorInWords(report))}`
}
