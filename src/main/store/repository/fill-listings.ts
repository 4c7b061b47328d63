import type { Job } from '../../../domain/job.ts'
import type { Collection, Filter, RawDocument } from '../collection.ts'
import { derivedFields } from './derived-fields.ts'
import { readIfReadable, readJob } from './job-rows.ts'

/** Whole documents are read: few at a time, so that no other question waits long for the store's thread. */
const BATCH = 16

/** Out of the bin and in it, as both halves of the index of names are asked for it. */
const PLACES: readonly Filter<Job>[] = [{ deletedAt: null }, { deletedAt: { $gt: new Date(0) } }]

/**
 * Gives jobs that an earlier studio stored what lists are filtered and ordered by. That is no change anybody needs to
 * be told, and one that is stored meanwhile brings it along itself. A job that cannot be read stays as it is. Resolves
 * to how many were filled in; asking again goes on where this was ended.
 */
export async function fillListings(jobs: Collection<Job>, signal: AbortSignal): Promise<number> {
  let filled = 0
  for (const place of PLACES) {
    for (let after = ''; ; ) {
      signal.throwIfAborted()
      const unlisted = { $and: [place, { 'listing.name': null, _id: { $gt: after } }] }
      const rows = await jobs.find(unlisted, { sort: { _id: 1 }, limit: BATCH }).toArray()
      for (const row of rows) if (await fill(jobs, row)) filled += 1
      const last = rows.at(-1)?._id
      if (rows.length < BATCH || typeof last !== 'string') break
      after = last
    }
  }
  return filled
}

async function fill(jobs: Collection<Job>, row: RawDocument): Promise<boolean> {
  const job = readIfReadable(row, readJob)
  if (!job) return false
  const { _id, revision, rating, attemptRatings } = job
  const position = typeof row.position === 'number' ? row.position : job.createdAt.getTime()
  const { matchedCount } = await jobs.updateOne(
    { _id, revision },
    { $set: { ...derivedFields(job), rating, attemptRatings, position } }
  )
  return matchedCount === 1
}
