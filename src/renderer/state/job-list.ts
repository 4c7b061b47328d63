import type { JobFilter, JobSort } from '../../contract/studio/job-filter.ts'
import type { SerializedError } from '../../domain/errors.ts'
import type { JobSummary } from '../../domain/job.ts'
import { comparator, matches } from './job-order.ts'
import { newestOf } from './revisions.ts'

/** A job that cannot be read, and why. */
export interface UnreadableJob {
  readonly id: string
  readonly error: SerializedError
}

/** The part of a filtered, sorted list that has been read so far. */
export interface JobList {
  readonly filter: JobFilter
  readonly sort: JobSort
  readonly jobs: readonly JobSummary[]
  /** Among what was read; they have no place in its order. */
  readonly unreadable: readonly UnreadableJob[]
  /** Where the next page begins; null when all was read, undefined before anything was. */
  readonly next: string | null | undefined
  /** Something changed that only the studio can place: the list should be read again. */
  readonly stale: boolean
}

interface JobPage {
  readonly items: readonly JobSummary[]
  readonly unreadable: readonly UnreadableJob[]
  readonly next: string | null
}

export function withPage(list: JobList, { items, unreadable, next }: JobPage): JobList {
  const known = new Set([...list.jobs.map((job) => job._id), ...list.unreadable.map(({ id }) => id)])
  const jobs = [...list.jobs, ...items.filter((job) => !known.has(job._id))].sort(comparator(list.sort))
  return { ...list, jobs, unreadable: [...list.unreadable, ...unreadable.filter(({ id }) => !known.has(id))], next }
}

/**
 * The list after changes. Jobs that come after what was read are left to the pages to come, so that the list stays a
 * prefix of the whole.
 */
export function withChangedJobs(list: JobList, changed: readonly JobSummary[], removed: readonly string[]): JobList {
  const order = comparator(list.sort)
  const revisions = new Map(list.jobs.map((job) => [job._id, job.revision]))
  const news = newestOf(changed).filter((job) => (revisions.get(job._id) ?? -1) < job.revision)
  const gone = new Set(list.filter.bin ? [] : removed)
  const unreadable = list.unreadable.filter(({ id }) => !gone.has(id) && !news.some((job) => job._id === id))
  const isSame = unreadable.length === list.unreadable.length
  if (news.length === 0 && isSame && ![...gone].some((id) => revisions.has(id))) return list
  const replaced = new Set(news.map((job) => job._id))
  const kept = list.jobs.filter((job) => !replaced.has(job._id) && !gone.has(job._id))
  const last = list.jobs.at(-1)
  const isRead = (job: JobSummary) => list.next === null || (last !== undefined && order(job, last) <= 0)
  let { stale } = list
  const arriving = news.filter((job) => {
    if (gone.has(job._id)) return false
    const belongs = matches(job, list.filter)
    if (belongs === undefined) {
      stale ||= !revisions.has(job._id)
      return revisions.has(job._id)
    }
    return belongs && isRead(job)
  })
  // A job that moved beyond what was read may leave a gap that the next page would not fill.
  if (list.next !== null && news.some((job) => job._id === last?._id)) stale = true
  return { ...list, stale, unreadable, jobs: [...kept, ...arriving].sort(order) }
}
