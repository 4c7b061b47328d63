import { StudioError } from '../../../domain/errors.ts'
import type { JobSummary } from '../../../domain/job.ts'
import { summarize } from '../../../domain/job-summary.ts'
import type { JobRepository } from '../../store/job-repository.ts'

const PAGE = 200
/** Places closer than this are taken apart first: well above what a double tells apart at today's milliseconds. */
const NARROWEST = 1e-3
const APART = 1

interface Place {
  readonly priority: number
  readonly position: number
}

/**
 * Puts waiting jobs in this order, before another waiting one or, with null, at the end. Most moves write only the jobs
 * that move. @throws StudioError `job-state` where one of them does not wait.
 */
export async function reorder(
  jobs: JobRepository,
  ids: readonly string[],
  before: string | null
): Promise<JobSummary[]> {
  const waiting = await queueOf(jobs)
  const moving = [...new Set(ids)].map((id) => one(waiting, id))
  const others = waiting.filter(({ _id }) => !ids.includes(_id))
  const at = before === null ? others.length : others.indexOf(one(others, before))
  const places = between(others[at - 1], others[at], moving.length)
  const changes = places ? moving.map((job, index) => ({ job, place: places[index] })) : spread(others, moving, at)
  const moved: JobSummary[] = []
  for (const { job, place } of changes) if (place) moved.push(summarize(await jobs.setPlace(job._id, place)))
  return moved
}

async function queueOf(jobs: JobRepository): Promise<JobSummary[]> {
  const read: JobSummary[] = []
  for (let cursor: string | undefined; ; ) {
    const order = { by: 'queue', direction: 'descending' } as const
    const page = await jobs.list({ status: ['pending'], order, cursor, limit: PAGE })
    read.push(...page.items)
    if (page.next === null) return read
    cursor = page.next
  }
}

function one(waiting: readonly JobSummary[], id: string): JobSummary {
  const job = waiting.find(({ _id }) => _id === id)
  if (!job) throw new StudioError('job-state', `The job ${id} does not wait in the queue.`)
  return job
}

/** Places for `count` jobs between two neighbours; null where there is no room. */
export function between(previous: Place | undefined, next: Place | undefined, count: number): Place[] | null {
  const priority = next?.priority ?? previous?.priority ?? 0
  const low = previous && previous.priority === priority ? previous.position : null
  const high = next?.position ?? null
  const from = low ?? (high ?? 0) - APART * (count + 1)
  const step = high === null ? APART : (high - from) / (count + 1)
  if (step < NARROWEST) return null
  return Array.from({ length: count }, (_, index) => ({ priority, position: from + step * (index + 1) }))
}

/** Gives every waiting job of that priority a place of its own again, the moved ones among them. */
function spread(others: readonly JobSummary[], moving: readonly JobSummary[], at: number) {
  const order = [...others.slice(0, at), ...moving, ...others.slice(at)]
  const priority = (others[at] ?? others[at - 1])?.priority ?? 0
  const alike = order.filter((job) => job.priority === priority || moving.includes(job))
  const first = Math.min(...alike.map(({ position }) => position))
  return alike.map((job, index) => ({ job, place: { priority, position: first + index * APART } }))
}
