import Table from 'cli-table3'
import { figure } from '../../domain/figures.ts'
import { beatsChance, falseAccepts, falseRejects, type JudgeCalibration } from '../../domain/judging/calibration.ts'
import { rateInWords } from '../../domain/judging/calibration-words.ts'
import { counted, criterionWords } from '../../domain/rules/criterion-words.ts'
import type { Terminal } from './terminal.ts'

const VOTES = { true: 'yes', false: 'no: no better than chance', null: 'yes, by default' } as const

/** What one judge got wrong, criterion by criterion. */
export function calibrationTable(
  { judge, photos, measuredAt, criteria }: JudgeCalibration,
  terminal: Terminal
): string {
  const table = new Table({
    head: ['question', 'accepted of planted flaws', 'refused of sound pictures', 'passes from', 'vote'],
    style: { head: [], border: [], compact: true },
    wordWrap: true
  })
  for (const criterion of criteria) {
    const vote = beatsChance(criterion)
    table.push([
      criterionWords(criterion.id).label,
      rateInWords(falseAccepts(criterion)),
      rateInWords(falseRejects(criterion)),
      figure(criterion.passAt),
      terminal.style(vote === false ? 'red' : 'green', VOTES[`${vote}`])
    ])
  }
  const when = measuredAt.toISOString().slice(0, 10)
  return `${judge.engine} ${judge.version}, tried on canaries from ${counted(photos, 'photo').toLowerCase()}, ${when}\n${table.toString()}`
}
