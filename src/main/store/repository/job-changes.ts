import type { Job } from '../../../domain/job.ts'
import type { Collection, Filter } from '../collection.ts'
import type { Database } from '../database.ts'
import type { JobChanges } from '../job-repository.ts'
import { readIfReadable, readPosition, readSummary, SUMMARY_FIELDS } from './job-rows.ts'
import { decodePosition, encodePosition, type Position } from './positions.ts'

/**
 * How far each look goes back behind the last one, for writes that got their time before it and became visible after:
 * far longer than a write takes, short enough that little is read twice.
 */
const OVERLAP_MS = 5_000
/** Changes told at once, so that parsing them takes less than a frame; with more waiting, the next look goes on here. */
const BATCH = 200

function changedSince({ date, id }: Position, now: Date): Filter<Job> {
  if (id !== null) {
    return { updatedAt: { $gte: date }, $or: [{ updatedAt: { $gt: date } }, { updatedAt: date, _id: { $gt: id } }] }
  }
  // Where the clock was set back, what is written now is older than the last look.
  const seen = Math.min(date.getTime(), now.getTime())
  return { updatedAt: { $gte: new Date(seen - OVERLAP_MS) } }
}

export async function changesSince(
  jobs: Collection<Job>,
  clock: Pick<Database, 'now'>,
  position: string | null
): Promise<JobChanges> {
  const now = await clock.now()
  const fromNow = encodePosition({ date: now, id: null })
  if (position === null) return { changed: [], removed: [], position: fromNow }
  const rows = await jobs
    .find(changedSince(decodePosition(position), now), {
      sort: { updatedAt: 1, _id: 1 },
      limit: BATCH,
      projection: SUMMARY_FIELDS
    })
    .toArray()
  // One that cannot be read must not keep everybody from hearing of all that comes after it.
  const read = rows.flatMap((row) => readIfReadable(row, readSummary) ?? [])
  const last = rows.length === BATCH ? rows.at(-1) : undefined
  return {
    changed: read.filter(({ removed }) => !removed).map(({ summary }) => summary),
    removed: read.filter(({ removed }) => removed).map(({ summary }) => summary._id),
    position: last ? encodePosition(readPosition(last)) : fromNow
  }
}
