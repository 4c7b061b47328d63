import type { Criterion } from '../criterion.ts'
import { failedCriteria } from '../judgement.ts'
import { counted, criterionWords, listed } from './criterion-words.ts'
import type { JobFacts } from './job-facts.ts'

/** One sentence, or two, that anyone understands. */
export function summarise(facts: JobFacts): string {
  const { job, judged } = facts
  if (job.status === 'cancelled') return `It was cancelled after ${counted(judged.length, 'attempt').toLowerCase()}.`
  if (job.error) return afterError(facts, job.error.message)
  if (job.final) return delivered(facts, job.final.attempt)
  if (judged.length === 0) return 'No attempt was judged, so there is no portrait.'
  return notDelivered(facts)
}

function afterError({ judged }: JobFacts, message: string): string {
  if (judged.length === 0) return `No portrait was made: ${message}`
  return `${counted(judged.length, 'attempt')}, then it could not go on: ${message}`
}

function delivered({ job, judged, notAttempted }: JobFacts, number: number): string {
  const left = notAttempted.map((criterion) => criterionWords(criterion.id).label)
  const unless = left.length === 0 ? '' : ` Not attempted by this engine: ${listed(left)}.`
  if (job.chosenBy === 'user') return `Attempt ${number} was chosen by hand.${unless}`
  if (judged.length === 1) return `The first attempt passed every check.${unless}`
  return `Attempt ${number} of ${judged.length} passed every check.${unless}`
}

function notDelivered({ job, judged }: JobFacts): string {
  const [only, ...others] = judged
  const attempts = counted(judged.length, 'attempt')
  const shortfall = sharedShortfall(judged.map((attempt) => failedCriteria(attempt.judgement)))
  if (only && others.length === 0 && shortfall) return `${attempts}; it did not ${criterionWords(shortfall.id).base}.`
  if (shortfall) return `${attempts}; none ${criterionWords(shortfall.id).past}.`
  const lost = job.best && judged.some(({ number, judgement }) => number === job.best?.attempt && judgement.passed)
  if (job.best && lost) {
    const [worst] = failedCriteria(job.best.judgement)
    const what = worst ? `did not ${criterionWords(worst.id).base}` : 'was not confirmed'
    return `Attempt ${job.best.attempt} passed at working size, but at the size that was ordered it ${what}.`
  }
  return `${attempts}; none passed every check.`
}

/** Of what failed in every attempt, what came closest least: the lowest score summed over the attempts. */
function sharedShortfall(failed: readonly Criterion[][]): Criterion | undefined {
  const [first, ...others] = failed
  const total = (id: Criterion['id']) =>
    failed.reduce((sum, row) => sum + (row.find((criterion) => criterion.id === id)?.score ?? 0), 0)
  return first
    ?.filter(({ id }) => others.every((row) => row.some((criterion) => criterion.id === id)))
    .sort((a, b) => total(a.id) - total(b.id))[0]
}
