import Table from 'cli-table3'
import { figure } from '../../domain/figures.ts'
import { falseAccepts, falseRejects, type JudgeCalibration } from '../../domain/judging/calibration.ts'
import { rateInWords } from '../../domain/judging/calibration-words.ts'
import { JUDGED_CRITERIA } from '../../domain/judging/question-catalogue.ts'
import { UNCALIBRATED_PASS_AT } from '../../domain/judging/reading.ts'
import { type VoteGround, voteOn } from '../../domain/judging/vote.ts'
import { counted, criterionWords } from '../../domain/rules/criterion-words.ts'
import type { Terminal } from './terminal.ts'

const VOTES: Readonly<Record<VoteGround, string>> = {
  'better-than-chance': 'yes',
  'no-better-than-chance': 'no: no better than chance',
  'too-few': 'yes: too few pictures to tell',
  'not-measured': 'yes: not measured',
  distrusted: 'no: not measured, and most others lost',
  'never-calibrated': 'yes: never calibrated'
}
const NOT_MEASURED = 'not measured'

/** What one judge got wrong, criterion by criterion, those that no canary was made for among them. */
export function calibrationTable(calibration: JudgeCalibration, terminal: Terminal): string {
  const { judge, photos, measuredAt } = calibration
  const table = new Table({
    head: ['question', 'accepted of planted flaws', 'refused of sound pictures', 'passes from', 'vote'],
    style: { head: [], border: [], compact: true },
    wordWrap: true
  })
  for (const id of JUDGED_CRITERIA) {
    const { ground, counts, measured } = voteOn(calibration, id)
    table.push([
      criterionWords(id).label,
      measured ? rateInWords(falseAccepts(measured)) : NOT_MEASURED,
      measured ? rateInWords(falseRejects(measured)) : NOT_MEASURED,
      figure(measured?.passAt ?? UNCALIBRATED_PASS_AT),
      terminal.style(counts ? 'green' : 'red', VOTES[ground])
    ])
  }
  const when = measuredAt.toISOString().slice(0, 10)
  return `${judge.engine} ${judge.version}, tried on canaries from ${counted(photos, 'photo').toLowerCase()}, ${when}\n${table.toString()}`
}
