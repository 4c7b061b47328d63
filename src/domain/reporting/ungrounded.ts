import type { Criterion } from '../criterion.ts'
import { bandInWords, valueInWords } from '../figures.ts'
import type { Attempt, Job } from '../job.ts'
import { failedCriteria } from '../judgement.ts'
import { CATALOGUE, entryOf, PARAMETER_NAMES, type ParameterName } from '../parameters/parameters.ts'
import { factsOf, type JobFacts } from '../rules/job-facts.ts'
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
  return [...new Set(unknown)].map((figure) => `The figure ${figure} is not in the ledger.`)
}

const CLAIMS_SUCCESS = /\b(?:passed (?:every|all)|all checks passed|success(?:ful|fully)?|succeeded)\b/i

function wrongVerdict({ summary }: DraftReport, { final }: Job): string[] {
  if (final !== null || !CLAIMS_SUCCESS.test(summary) || /\b(?:no|none|not|never)\b/i.test(summary)) return []
  return ['The summary says that it went well, but no attempt passed every check.']
}

function wrongAttempts({ attempts }: DraftReport, job: Job): string[] {
  const told = attempts.map(({ attempt }) => attempt)
  const missing = job.attempts.filter(({ number }) => !told.includes(number))
  const unknown = told.filter((number) => !job.attempts.some((attempt) => attempt.number === number))
  const twice = told.filter((number, index) => told.indexOf(number) !== index)
  return [
    ...missing.map(({ number }) => `Attempt ${number} has no analysis.`),
    ...unknown.map((number) => `There was no attempt ${number}.`),
    ...twice.map((number) => `Attempt ${number} is told twice.`),
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
    ...unknown.map((id) => `The ledger of attempt ${number} has no "${id}".`),
    ...(rows.length > 0 && criteria.length === 0 ? [`The analysis of attempt ${number} refers to no criterion.`] : []),
    ...(isSilent
      ? [`The analysis of attempt ${number} leaves out what failed: ${failed.map(({ id }) => id).join(', ')}.`]
      : [])
  ]
}

function wrongCauses({ rootCauses }: DraftReport, { failing, job }: JobFacts): string[] {
  const ids = failing.map(({ id }): string => id)
  return [
    ...(job.final === null && failing.length > 0 && rootCauses.length === 0 ? ['There is no root cause.'] : []),
    ...rootCauses.flatMap(({ criteria, cause }) => {
      if (criteria.length === 0) return [`The cause "${cause}" refers to no criterion.`]
      return criteria.filter((id) => !ids.includes(id)).map((id) => `"${id}" is given as a cause, but did not fail.`)
    })
  ]
}

function wrongAdvice({ recommendations }: DraftReport, { failing, notAttempted, job }: JobFacts): string[] {
  const open = [...failing, ...notAttempted].map(({ id }): string => id)
  return recommendations.flatMap(({ criteria, advice, parameters = {} }) => [
    ...(criteria.some((id) => open.includes(id)) ? [] : [`The advice "${advice}" refers to nothing that failed.`]),
    ...Object.entries(parameters).flatMap(([name, value]) => wrongParameter(name, value, job))
  ])
}

/** Parameters that take words of the client's own. */
const isParameter = (name: string): name is ParameterName => PARAMETER_NAMES.some((known) => known === name)

function wrongParameter(name: string, value: string, { parameters }: Job): string[] {
  if (!isParameter(name)) return [`There is no parameter "${name}".`]
  const entry = entryOf(name, value)
  if (!entry) return [`"${value}" is no ${name}; there are ${CATALOGUE[name].map(({ id }) => id).join(', ')}.`]
  return entry.id === parameters[name] ? [`The ${name} is "${value}" already.`] : []
}
