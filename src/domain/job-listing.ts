import type { CriterionId } from './criterion.ts'
import type { Job } from './job.ts'
import { failedCriteria, type Judgement } from './judgement.ts'

/** Longest beginning of a word that can be searched for; what is typed beyond it is not compared. */
const LONGEST_TERM = 12
/** Words of one job that can be found. */
const MOST_WORDS = 40

/** The words of a text as they are searched for: lower case, accents taken off, letters and digits only. */
export function searchWords(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return folded.match(/[\p{L}\p{N}]+/gu)?.map((word) => [...word].slice(0, LONGEST_TERM).join('')) ?? []
}

function beginnings(word: string): string[] {
  const letters = [...word]
  return letters.map((_, index) => letters.slice(0, index + 1).join(''))
}

type Listed = Pick<Job, 'references' | 'parameters' | 'attempts' | 'final' | 'best'>

/** What a stored job is found and ordered by; written with every transition. */
export function listingOf(job: Listed): Job['listing'] {
  const { purpose, attire, background, vibe, lighting, mood, notes } = job.parameters
  const texts = [...job.references.map(({ name }) => name), purpose, attire, background, vibe, lighting, mood, notes]
  const words = [...new Set(texts.flatMap(searchWords))].slice(0, MOST_WORDS)
  const shown = job.final ?? job.best ?? job.attempts.findLast((attempt) => attempt.picture)
  return {
    name: (job.references[0]?.name ?? '').toLowerCase(),
    score: shown?.judgement?.score ?? null,
    terms: [...new Set(words.flatMap(beginnings))].sort()
  }
}

/** Every criterion that an attempt or what was delivered failed, each once. */
export function failedCriteriaOf(job: Pick<Job, 'attempts' | 'final' | 'best'>): CriterionId[] {
  const judgements: (Judgement | null | undefined)[] = [
    ...job.attempts.map(({ judgement }) => judgement),
    job.final?.judgement,
    job.best?.judgement
  ]
  const failed = judgements.flatMap((judgement) => (judgement ? failedCriteria(judgement) : []))
  return [...new Set(failed.map(({ id }) => id))].sort()
}
