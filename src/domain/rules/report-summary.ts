import type { Criterion } from '../criterion.ts'
import { failedCriteria } from '../judgement.ts'
import { say } from '../sentences/say.ts'
import { counted, criterionWords, listed } from './criterion-words.ts'
import type { JobFacts } from './job-facts.ts'

/** One sentence, or two, that anyone understands. */
export function summarise(facts: JobFacts): string {
  const { job, judged } = facts
  const attempts = counted(judged.length, 'attempt')
  if (job.status === 'cancelled')
    return judged.length === 0 ? say('summary-cancelled-at-once') : say('summary-cancelled', { attempts })
  if (job.error) {
    const before = judged.length === 0 ? say('summary-no-portrait') : say('summary-broke-off', { attempts })
    return `${before} ${job.error.message}`
  }
  if (job.final) return delivered(facts, job.final.attempt)
  if (judged.length === 0) return say('summary-nothing-judged')
  return notDelivered(facts, attempts)
}

function delivered({ job, judged, notAttempted }: JobFacts, number: number): string {
  const left = notAttempted.map((criterion) => criterionWords(criterion.id).label)
  const unless = left.length === 0 ? '' : ` ${say('not-attempted', { criteria: listed(left) })}`
  if (job.chosenBy === 'user') return `${say('summary-chosen-by-hand', { number })}${unless}`
  if (judged.length === 1) return `${say('summary-first-passed')}${unless}`
  return `${say('summary-passed', { number, count: judged.length })}${unless}`
}

function notDelivered({ job, judged }: JobFacts, attempts: string): string {
  const shortfall = sharedShortfall(judged.map((attempt) => failedCriteria(attempt.judgement)))
  if (shortfall) {
    const { base, past } = criterionWords(shortfall.id)
    return judged.length === 1
      ? say('summary-one-short', { attempts, base })
      : say('summary-all-short', { attempts, past })
  }
  const lost = job.best && judged.some(({ number, judgement }) => number === job.best?.attempt && judgement.passed)
  if (!job.best || !lost) return say('summary-none-passed', { attempts })
  const [worst] = failedCriteria(job.best.judgement)
  const number = job.best.attempt
  return worst
    ? say('summary-lost-by-size', { number, base: criterionWords(worst.id).base })
    : say('summary-not-confirmed', { number })
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
