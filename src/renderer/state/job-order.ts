import type { JobFilter, JobSort } from '../../contract/studio/job-filter.ts'
import type { JobSummary } from '../../domain/job.ts'

const has = <T>(wanted: readonly T[] | undefined, value: T) => wanted === undefined || wanted.includes(value)

/** Whether a job belongs to a filtered list; undefined where only the studio can tell, which is where words are searched. */
export function matches(job: JobSummary, filter: JobFilter): boolean | undefined {
  const inBin = job.deletedAt !== null
  const plain =
    inBin === (filter.bin ?? false) &&
    has(filter.status, job.status) &&
    has(filter.purpose, job.parameters.purpose) &&
    job.rating.stars >= (filter.stars ?? 0) &&
    has(filter.flag, job.rating.flag) &&
    has(filter.label, job.rating.label) &&
    (filter.generator === undefined || (job.generator !== null && filter.generator.includes(job.generator))) &&
    (filter.failedCriterion?.some((id) => job.failedCriteria.includes(id)) ?? true) &&
    has(filter.subjectIds, job.subjectId)
  if (!plain) return false
  return (filter.text ?? '').trim() === '' ? true : undefined
}

type Compare = (a: JobSummary, b: JobSummary) => number

/** As the store compares: by the letters’ numbers, lower case. */
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const queue: Compare = (a, b) => b.priority - a.priority || a.position - b.position || byText(a._id, b._id)

const ASCENDING: Readonly<Record<NonNullable<JobSort['by']>, Compare>> = {
  created: (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
  changed: (a, b) => a.updatedAt.getTime() - b.updatedAt.getTime(),
  name: (a, b) => byText(a.name.toLowerCase(), b.name.toLowerCase()),
  score: (a, b) => (a.score ?? -1) - (b.score ?? -1),
  stars: (a, b) => a.rating.stars - b.rating.stars || a.createdAt.getTime() - b.createdAt.getTime(),
  queue
}

/** The order of a list, as the studio sorts it; ties by id, so that no two jobs are equal. */
export function comparator({ by = 'created', direction = 'descending' }: JobSort): Compare {
  if (by === 'queue') return queue
  const sign = direction === 'ascending' ? 1 : -1
  return (a, b) => sign * (ASCENDING[by](a, b) || byText(a._id, b._id))
}
