import type { Repair } from '../brief.ts'
import type { Criterion, CriterionId } from '../criterion.ts'
import { bandInWords, valueInWords } from '../figures.ts'
import type { Attempt, Job } from '../job.ts'
import { say } from '../sentences/say.ts'
import { criterionWords, listed } from './criterion-words.ts'
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
  return repairs.length === 0 ? [] : [say('tried-changed'), ...repairs.map(({ reason }) => reason)]
}

function effects(repairs: readonly Repair[], last: Attempt | undefined, attempt: Attempt): string[] {
  const ids = [...new Set(repairs.map(({ criterion }) => criterion))]
  return ids.flatMap((id) => {
    const [was, is] = [rowOf(last, id), rowOf(attempt, id)]
    if (!was || !is || was.value === null || is.value === null) return []
    const [criterion, before, value] = [labelOf(is), valueInWords(was), valueInWords(is)]
    return [
      before === value
        ? say('tried-stayed', { criterion, value })
        : say('tried-went', { criterion, was: before, value })
    ]
  })
}

function setbacks({ setbacks: all }: Job, { number }: Attempt): string[] {
  const [first, ...others] = all.filter((setback) => setback.attempt === number)
  if (!first) return []
  const error = first.error.message
  return [
    others.length === 0 ? say('tried-again-once', { error }) : say('tried-again', { count: others.length + 1, error })
  ]
}

function verdict({ picture, judgement }: Attempt): string[] {
  if (!picture) return [say('tried-no-picture')]
  if (!judgement) return [say('tried-not-judged')]
  const of = (outcome: Criterion['outcome']) => judgement.ledger.filter((criterion) => criterion.outcome === outcome)
  const [failed, undecided, passed, left] = [of('failed'), of('undecided'), of('passed'), of('not-attempted')]
  const count = failed.length + undecided.length + passed.length
  const misses = failed.map(missed).join('; ')
  const isOnly = count === 1
  return [
    ...(count === 0 ? [say('tried-nothing-judged')] : []),
    ...(count > 0 && passed.length === count
      ? [isOnly ? say('tried-passed-only') : say('tried-passed-all', { count })]
      : []),
    ...(failed.length > 0
      ? [isOnly ? say('tried-failed-only', { misses }) : say('tried-failed', { given: failed.length, count, misses })]
      : []),
    ...(undecided.length > 0 ? [say('tried-undecided', { criteria: listed(undecided.map(labelOf)) })] : []),
    ...(left.length > 0 ? [say('not-attempted', { criteria: listed(left.map(labelOf)) })] : [])
  ]
}

/** What anyone sees first, then the figure for whoever wants it. */
function missed(criterion: Criterion): string {
  const { label, fault } = criterionWords(criterion.id)
  const value = valueInWords(criterion)
  const limit = bandInWords(criterion.band, criterion.unit)
  if (limit === '') return label
  if (value === '') return say('missed-unmeasured', { criterion: label, limit })
  const side = deviationOf(criterion)?.side
  return fault && side
    ? say('missed-visibly', { fault: fault[side], criterion: label, value, limit })
    : say('missed', { criterion: label, value, limit })
}
