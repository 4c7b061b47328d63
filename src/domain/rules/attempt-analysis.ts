import type { Repair } from '../brief.ts'
import type { Criterion, CriterionId } from '../criterion.ts'
import { bandInWords, valueInWords } from '../figures.ts'
import type { Attempt, Job } from '../job.ts'
import { counted, criterionWords, listed } from './criterion-words.ts'
import { deviationOf } from './deviation.ts'

const rowOf = (attempt: Attempt | undefined, id: CriterionId): Criterion | undefined =>
  attempt?.judgement?.ledger.find((criterion) => criterion.id === id)

const labelOf = (criterion: Pick<Criterion, 'id'>) => criterionWords(criterion.id).label

/** What was changed for an attempt, what came of it, and where it failed: figures beside their limits. */
export function analyseAttempt(job: Job, attempt: Attempt): string {
  const before = job.attempts.find((each) => each.number === attempt.number - 1)
  const repairs = attempt.brief.repairs.filter(({ criterion }) => rowOf(before, criterion))
  return [
    ...changes(repairs),
    ...effects(repairs, before, attempt),
    ...setbacks(job, attempt),
    ...verdict(attempt)
  ].join(' ')
}

function changes(repairs: readonly Repair[]): string[] {
  return repairs.length === 0 ? [] : [`Changed for it: ${repairs.map(({ reason }) => reason).join(' ')}`]
}

function effects(repairs: readonly Repair[], before: Attempt | undefined, attempt: Attempt): string[] {
  const ids = [...new Set(repairs.map(({ criterion }) => criterion))]
  return ids.flatMap((id) => {
    const [was, is] = [rowOf(before, id), rowOf(attempt, id)]
    if (!was || !is || was.value === null || is.value === null) return []
    const went =
      valueInWords(was) === valueInWords(is)
        ? `stayed at ${valueInWords(is)}`
        : `went from ${valueInWords(was)} to ${valueInWords(is)}`
    return [`The ${labelOf(is)} ${went}.`]
  })
}

function setbacks({ setbacks: all }: Job, { number }: Attempt): string[] {
  const [first, ...others] = all.filter((setback) => setback.attempt === number)
  if (!first) return []
  const times = others.length === 0 ? 'once' : `${others.length + 1} times`
  return [`On the way the engine failed ${times} and was asked again (${first.error.message}).`]
}

function verdict({ picture, judgement }: Attempt): string[] {
  if (!picture) return ['No picture came of it.']
  if (!judgement) return ['Its picture was not judged.']
  const of = (outcome: Criterion['outcome']) => judgement.ledger.filter((criterion) => criterion.outcome === outcome)
  const [failed, undecided, passed, left] = [of('failed'), of('undecided'), of('passed'), of('not-attempted')]
  const decided = failed.length + undecided.length + passed.length
  const checks = counted(decided, 'check').toLowerCase()
  return [
    ...(decided === 0 ? ['Nothing about it could be judged.'] : []),
    ...(decided > 0 && passed.length === decided
      ? [`It passed ${decided === 1 ? 'the only check' : `all ${checks}`}.`]
      : []),
    ...(failed.length > 0 ? [`It failed ${failed.length} of ${checks}: ${listed(failed.map(missed))}.`] : []),
    ...(undecided.length > 0 ? [`Undecided: ${listed(undecided.map(labelOf))}.`] : []),
    ...(left.length > 0 ? [`Not attempted by this engine: ${listed(left.map(labelOf))}.`] : [])
  ]
}

/** What anyone sees first, then the figure for whoever wants it. */
function missed(criterion: Criterion): string {
  const { label, fault } = criterionWords(criterion.id)
  const value = valueInWords(criterion)
  const limit = bandInWords(criterion.band, criterion.unit)
  const figures = [`${label}${value && ` ${value}`}`, limit && `should be ${limit}`].filter((part) => part !== '')
  const side = deviationOf(criterion)?.side
  return fault && side ? `${fault[side]} (${figures.join(', ')})` : figures.join(', ')
}
