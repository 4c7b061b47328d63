import { StudioError } from '../../../domain/errors.ts'
import type { ArtifactId, Job, JobStatus } from '../../../domain/job.ts'
import type { Collection, Filter } from '../collection.ts'
import type { JobFilter, JobOrder, JobPage, JobQuery, JobRepository, UnreadableJob } from '../job-repository.ts'
import { beyond, cursorAfter, keysOf, sortBy } from './job-orders.ts'
import {
  readArtifacts,
  readIfReadable,
  readJob,
  readLease,
  readStatus,
  readSummary,
  SUMMARY_FIELDS
} from './job-rows.ts'

const MAX_PAGE = 200
/** Each whole document is read for it, and other questions wait for the store's thread meanwhile. */
const ARTIFACTS_PAGE = 64

const NEWEST_FIRST: JobOrder = { by: 'created', direction: 'descending' }

function matching(filter: JobFilter): Filter<Job> {
  const { status, subjectIds, purpose, stars = 0, flag, label, generator, failedCriterion, words = [] } = filter
  return {
    deletedAt: filter.removed ? { $ne: null } : null,
    ...(status && { status: { $in: status } }),
    ...(subjectIds && { subjectId: { $in: subjectIds } }),
    ...(purpose && { 'parameters.purpose': { $in: purpose } }),
    ...(stars > 0 && { 'rating.stars': { $gte: stars } }),
    ...(flag && { 'rating.flag': { $in: flag } }),
    ...(label && { 'rating.label': { $in: label } }),
    ...(generator && { 'engines.generator.engine': { $in: generator } }),
    ...(failedCriterion && { failedCriteria: { $in: failedCriterion } }),
    ...(words.length > 0 && {
      $and: words.map(({ word, subjectIds: called }) => ({
        $or: [{ 'listing.terms': word }, ...(called.length > 0 ? [{ subjectId: { $in: called } }] : [])]
      }))
    })
  }
}

async function list(jobs: Collection<Job>, query: JobQuery): Promise<JobPage> {
  const { limit, cursor, order = NEWEST_FIRST, ...filter } = query
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new StudioError('option-invalid', `A page holds 1 to ${MAX_PAGE} jobs.`)
  }
  const keys = keysOf(order)
  const found = matching(filter)
  const rows = await jobs
    .find(cursor === undefined ? found : { $and: [found, beyond(cursor, keys)] }, {
      sort: sortBy(keys),
      limit: limit + 1,
      projection: { ...SUMMARY_FIELDS, 'listing.name': 1, 'listing.score': 1 }
    })
    .toArray()
  const unreadable: UnreadableJob[] = []
  const shown = rows.slice(0, limit).map((row) => ({
    row,
    summary: readIfReadable(row, readSummary, (found) => unreadable.push(found))?.summary ?? null
  }))
  // What a damaged row is ordered by may be damaged too.
  const last = (shown.findLast(({ summary }) => summary) ?? shown.at(-1))?.row
  return {
    items: shown.flatMap(({ summary }) => summary ?? []),
    unreadable,
    next: rows.length > limit && last ? cursorAfter(last, keys) : null
  }
}

async function counts(jobs: Collection<Job>, filter: JobFilter): Promise<Record<JobStatus, number>> {
  const count = (status: JobStatus) => jobs.countDocuments(matching({ ...filter, status: [status] }))
  const [pending, processing, completed, failed, cancelled] = await Promise.all([
    count('pending'),
    count('processing'),
    count('completed'),
    count('failed'),
    count('cancelled')
  ])
  return { pending, processing, completed, failed, cancelled }
}

async function* artifactsInUse(jobs: Collection<Job>) {
  let after = ''
  for (;;) {
    const rows = await jobs
      .find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit: ARTIFACTS_PAGE, projection: PROJECTED })
      .toArray()
    for (const row of rows) {
      const read = readArtifacts(row)
      after = read.id
      yield read
    }
    if (rows.length < ARTIFACTS_PAGE) return
  }
}
const PROJECTED = { artifacts: 1, schemaVersion: 1 } as const

type Queries = Pick<
  JobRepository,
  'get' | 'standing' | 'list' | 'counts' | 'leases' | 'untold' | 'told' | 'countReferences' | 'artifactsInUse'
>

export function jobQueries(jobs: Collection<Job>): Queries {
  return {
    async get(id) {
      const row = await jobs.findOne({ _id: id })
      return row ? readJob(row) : null
    },
    async standing(id) {
      const row = await jobs.findOne({ _id: id }, { projection: { status: 1, revision: 1, schemaVersion: 1 } })
      return row ? readStatus(row) : null
    },
    list: (query) => list(jobs, query),
    counts: (filter = {}) => counts(jobs, filter),
    async leases() {
      const filter = { status: 'processing', deletedAt: null } as const
      const rows = await jobs.find(filter, { projection: { lease: 1, schemaVersion: 1 } }).toArray()
      return rows.flatMap((row) => readIfReadable(row, readLease) ?? [])
    },
    async untold(limit) {
      const ended = { untold: true, status: { $in: ['completed', 'failed', 'cancelled'] } } as const
      const rows = await jobs.find(ended, { limit }).toArray()
      return rows.flatMap((row) => readIfReadable(row, readJob) ?? [])
    },
    async told({ _id, endings }) {
      await jobs.updateOne({ _id, endings }, { $set: { untold: false } })
    },
    countReferences: (artifact: ArtifactId) => jobs.countDocuments({ artifacts: artifact }),
    artifactsInUse: () => artifactsInUse(jobs)
  }
}
