import type { Criterion } from '../criterion.ts'
import { bandInWords, valueInWords } from '../figures.ts'
import type { Attempt, Job } from '../job.ts'
import { failedCriteria } from '../judgement.ts'
import { CATALOGUE, entryOf, PARAMETER_NAMES, type ParameterName } from '../parameters/parameters.ts'
import { factsOf, type JobFacts } from '../rules/job-facts.ts'
import { say } from '../sentences/say.ts'
import type { DraftReport } from './draft-report.ts'

/** Every statement of a report that the ledger does not bear out, in sentences; empty where all hold. */
export function ungrounded(draft: DraftReport, job: Job): string[] {
  const facts = factsOf(job)
  return [
    ...wrongFigures(draft, job),
    ...wrongVerdict(draft, job),
    ...wrongAttempts(draft, job),
    ...wrongCauses(draft, facts),
    ...wrongAdvice(draft, facts)
  ]
}

const ledgerOf = ({ judgement }: Attempt): readonly Criterion[] => judgement?.ledger ?? []

const numbersIn = (text: string) => text.match(/\d+(?:[.,]\d+)?/g)?.map((figure) => figure.replace(',', '.')) ?? []

/** Figures that may be told: those of the ledger as the studio writes them, and what can be counted. */
function knownFigures(job: Job): ReadonlySet<string> {
  const ends = [job.final, job.best].flatMap((end) => end?.judgement.ledger ?? [])
  const rows = [...job.attempts.flatMap(ledgerOf), ...ends]
  const told = rows.flatMap((row) => [valueInWords(row), bandInWords(row.band, row.unit), row.note ?? ''])
  const most = Math.max(job.maxAttempts, ...job.attempts.map((attempt) => ledgerOf(attempt).length))
  const counts = Array.from({ length: most + 1 }, (_, count) => String(count))
  const ordered = PARAMETER_NAMES.map((name) => entryOf(name, job.parameters[name])?.label ?? job.parameters[name])
  return new Set([...[...told, ...ordered, ...Object.values(job.parameters)].flatMap(numbersIn), ...counts])
}

function wrongFigures({ summary, attempts, rootCauses, recommendations }: DraftReport, job: Job): string[] {
  const known = knownFigures(job)
  const statements = [
    summary,
    ...attempts.map(({ analysis }) => analysis),
    ...rootCauses.map(({ cause }) => cause),
    ...recommendations.map(({ advice }) => advice)
  ]
  const unknown = statements.flatMap(numbersIn).filter((figure) => !known.has(figure))
  return [...new Set(unknown)].map((figure) => say('report-figure', { value: figure }))
}

const CLAIMS_SUCCESS = /\b(?:passed (?:every|all)|all checks passed|success(?:ful|fully)?|succeeded)\b/i

function wrongVerdict({ summary }: DraftReport, { final }: Job): string[] {
  if (final !== null || !CLAIMS_SUCCESS.test(summary) || /\b(?:no|none|not|never)\b/i.test(summary)) return []
  return [say('report-success')]
}

function wrongAttempts({ attempts }: DraftReport, job: Job): string[] {
  const told = attempts.map(({ attempt }) => attempt)
  const missing = job.attempts.filter(({ number }) => !told.includes(number))
  const unknown = told.filter((number) => !job.attempts.some((attempt) => attempt.number === number))
  const twice = told.filter((number, index) => told.indexOf(number) !== index)
  return [
    ...missing.map(({ number }) => say('report-attempt-missing', { count: number })),
    ...unknown.map((number) => say('report-attempt-unknown', { count: number })),
    ...twice.map((number) => say('report-attempt-twice', { count: number })),
    ...attempts.flatMap((each) => wrongAnalysis(each, job))
  ]
}

function wrongAnalysis({ attempt: number, criteria }: DraftReport['attempts'][number], job: Job): string[] {
  const attempt = job.attempts.find((each) => each.number === number)
  if (!attempt) return []
  const rows = ledgerOf(attempt)
  const unknown = criteria.filter((id) => !rows.some((row) => row.id === id))
  const failed = attempt.judgement ? failedCriteria(attempt.judgement) : []
  const isSilent = failed.length > 0 && !failed.some(({ id }) => criteria.includes(id))
  return [
    ...unknown.map((id) => say('report-row-unknown', { count: number, criterion: id })),
    ...(rows.length > 0 && criteria.length === 0 ? [say('report-row-missing', { count: number })] : []),
    ...(isSilent
      ? [say('report-failure-left-out', { count: number, criteria: failed.map(({ id }) => id).join(', ') })]
      : [])
  ]
}

function wrongCauses({ rootCauses }: DraftReport, { failing, job }: JobFacts): string[] {
  const ids = failing.map(({ id }): string => id)
  return [
    ...(job.final === null && failing.length > 0 && rootCauses.length === 0 ? [say('report-no-cause')] : []),
    ...rootCauses.flatMap(({ criteria, cause }) => {
      if (criteria.length === 0) return [say('report-cause-ungrounded', { words: cause })]
      return criteria.filter((id) => !ids.includes(id)).map((id) => say('report-cause-passed', { criterion: id }))
    })
  ]
}

function wrongAdvice({ recommendations }: DraftReport, { failing, notAttempted, job }: JobFacts): string[] {
  const open = [...failing, ...notAttempted].map(({ id }): string => id)
  return recommendations.flatMap(({ criteria, advice, parameters = {} }) => [
    ...(criteria.some((id) => open.includes(id)) ? [] : [say('report-advice-ungrounded', { words: advice })]),
    ...Object.entries(parameters).flatMap(([name, value]) => wrongParameter(name, value, job))
  ])
}

/** Parameters that take words of the client's own. */
const isParameter = (name: string): name is ParameterName => PARAMETER_NAMES.some((known) => known === name)

function wrongParameter(name: string, value: string, { parameters }: Job): string[] {
  if (!isParameter(name)) return [say('report-parameter-unknown', { parameter: name })]
  const entry = entryOf(name, value)
  if (!entry)
    return [
      say('report-choice-unknown', {
        words: value,
        parameter: name,
        choices: CATALOGUE[name].map(({ id }) => id).join(', ')
      })
    ]
  return entry.id === parameters[name] ? [say('report-choice-same', { parameter: name, words: value })] : []
}
