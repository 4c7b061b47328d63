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
    ...wrongSummary(draft, facts),
    ...wrongAttempts(draft, job),
    ...wrongCauses(draft, facts),
    ...wrongAdvice(draft, facts)
  ]
}

const ledgerOf = ({ judgement }: Attempt): readonly Criterion[] => judgement?.ledger ?? []

function allRows({ attempts, final, best }: Job): readonly Criterion[] {
  const ends = [final, best].flatMap((end) => end?.judgement.ledger ?? [])
  return [...attempts.flatMap(ledgerOf), ...ends]
}

interface Statement {
  readonly text: string
  /** Ids of the rows that it refers to. */
  readonly criteria: readonly string[]
}

const statementsOf = ({
  summary,
  summaryCriteria,
  attempts,
  rootCauses,
  recommendations
}: DraftReport): Statement[] => [
  { text: summary, criteria: summaryCriteria },
  ...attempts.map(({ analysis, criteria }) => ({ text: analysis, criteria })),
  ...rootCauses.map(({ cause, criteria }) => ({ text: cause, criteria })),
  ...recommendations.map(({ advice, criteria }) => ({ text: advice, criteria }))
]

const withPoint = (figure: string) => figure.replace(',', '.')
const numbersIn = (text: string) => text.match(/\d+(?:[.,]\d+)?/g)?.map(withPoint) ?? []
/** Figures with a unit that the ledger measures in: they are measured, never counted. */
const measuredIn = (text: string) =>
  [...text.matchAll(/(\d+(?:[.,]\d+)?)\s?(?:%|°|EV\b|Δ)/g)].map(([, figure = '']) => withPoint(figure))

const toldOf = (row: Criterion) => [valueInWords(row), bandInWords(row.band, row.unit), row.note ?? '']

/** Figures that may be told: those of the ledger as the studio writes them, and what can be counted. */
function knownFigures(job: Job): ReadonlySet<string> {
  const most = Math.max(job.maxAttempts, ...job.attempts.map((attempt) => ledgerOf(attempt).length))
  const counts = Array.from({ length: most + 1 }, (_, count) => String(count))
  const ordered = PARAMETER_NAMES.map((name) => entryOf(name, job.parameters[name])?.label ?? job.parameters[name])
  const told = [...allRows(job).flatMap(toldOf), ...ordered, ...Object.values(job.parameters)]
  return new Set([...told.flatMap(numbersIn), ...counts])
}

function wrongFigures(draft: DraftReport, job: Job): string[] {
  const known = knownFigures(job)
  const rows = allRows(job)
  const statements = statementsOf(draft)
  const unknown = statements.flatMap(({ text }) => numbersIn(text)).filter((figure) => !known.has(figure))
  const misplaced = statements.flatMap(({ text, criteria }) => {
    const cited = new Set(
      rows
        .filter(({ id }) => criteria.includes(id))
        .flatMap(toldOf)
        .flatMap(numbersIn)
    )
    return measuredIn(text).filter((figure) => known.has(figure) && !cited.has(figure))
  })
  return [
    ...[...new Set(unknown)].map((figure) => say('report-figure', { value: figure })),
    ...[...new Set(misplaced)].map((figure) => say('report-figure-elsewhere', { value: figure }))
  ]
}

const CLAIMS_SUCCESS = /\b(?:passed (?:every|all)|all checks passed|success(?:ful|fully)?|succeeded)\b/i
const DENIES = /\b(?:no|none|not|never|nothing)\b/i
const claimsSuccess = (text: string) => CLAIMS_SUCCESS.test(text) && !DENIES.test(text)

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** How many attempts a text says that there were. */
function attemptsIn(text: string): number[] {
  return [...text.matchAll(/\b(\w+) attempts?\b/gi)].flatMap(([, count = '']) => {
    const said = /^\d+$/.test(count) ? Number(count) : NUMBERS.indexOf(count.toLowerCase()) + 1
    return said > 0 ? [said] : []
  })
}

function wrongSummary(draft: DraftReport, { job }: JobFacts): string[] {
  const { summary, summaryCriteria } = draft
  const rows = allRows(job)
  const unknown = summaryCriteria.filter((id) => !rows.some((row) => row.id === id))
  const made = job.attempts.length
  const tooMany = statementsOf(draft)
    .flatMap(({ text }) => attemptsIn(text))
    .filter((count) => count > made)
  return [
    ...(job.final === null && claimsSuccess(summary) ? [say('report-success')] : []),
    ...(summaryCriteria.length === 0 && rows.length > 0 ? [say('report-summary-ungrounded')] : []),
    ...unknown.map((id) => say('report-summary-row-unknown', { criterion: id })),
    ...tooMany.map((count) => say('report-attempt-count', { count, given: made }))
  ]
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

function wrongAnalysis({ attempt: number, criteria, analysis }: DraftReport['attempts'][number], job: Job): string[] {
  const attempt = job.attempts.find((each) => each.number === number)
  if (!attempt) return []
  const rows = ledgerOf(attempt)
  const unknown = criteria.filter((id) => !rows.some((row) => row.id === id))
  const failed = attempt.judgement ? failedCriteria(attempt.judgement) : []
  const isPraised = attempt.judgement?.passed === false && claimsSuccess(analysis)
  const isSilent = failed.length > 0 && !failed.some(({ id }) => criteria.includes(id))
  return [
    ...unknown.map((id) => say('report-row-unknown', { count: number, criterion: id })),
    ...(rows.length > 0 && criteria.length === 0 ? [say('report-row-missing', { count: number })] : []),
    ...(isPraised ? [say('report-attempt-praised', { count: number })] : []),
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
