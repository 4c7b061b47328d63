import type { JobFilter, JobSort } from '../../contract/studio/job-filter.ts'
import type { JobSummary } from '../../domain/job.ts'
import { comparator, matches } from './job-order.ts'
import { newestOf } from './revisions.ts'

/** The part of a filtered, sorted list that has been read so far. */
export interface JobList {
  readonly filter: JobFilter
  readonly sort: JobSort
  readonly jobs: readonly JobSummary[]
  /** Where the next page begins; null when all was read, undefined before anything was. */
  readonly next: string | null | undefined
  /** Something changed that only the studio can place: the list should be read again. */
  readonly stale: boolean
}

export function withPage(list: JobList, page: readonly JobSummary[], next: string | null): JobList {
  const known = new Set(list.jobs.map((job) => job._id))
  const jobs = [...list.jobs, ...page.filter((job) => !known.has(job._id))].sort(comparator(list.sort))
  return { ...list, jobs, next }
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
  if (news.length === 0 && ![...gone].some((id) => revisions.has(id))) return list
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
  return { ...list, stale, jobs: [...kept, ...arriving].sort(order) }
}
