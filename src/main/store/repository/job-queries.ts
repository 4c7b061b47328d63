import { StudioError } from '../../../domain/errors.ts'
import type { ArtifactId, Job, JobStatus } from '../../../domain/job.ts'
import type { Collection, Filter } from '../collection.ts'
import type { JobPage, JobQuery, JobRepository } from '../job-repository.ts'
import { readArtifacts, readJob, readLease, readSummary, SUMMARY_FIELDS } from './job-rows.ts'
import { decodePosition, encodePosition } from './positions.ts'

const MAX_PAGE = 200
const ARTIFACTS_PAGE = 500

/** What a cursor leaves over: older than the last job seen, or as old and further down. */
function beyond(cursor: string | undefined): Filter<Job> {
  if (cursor === undefined) return {}
  const { date, id } = decodePosition(cursor)
  return {
    // Says nothing new, but lets the index begin at the right place.
    createdAt: { $lte: date },
    $or: [{ createdAt: { $lt: date } }, { createdAt: date, _id: { $lt: id ?? '' } }]
  }
}

async function list(jobs: Collection<Job>, query: JobQuery): Promise<JobPage> {
  const { limit, status, subjectId, cursor, removed = false } = query
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new StudioError('option-invalid', `A page holds 1 to ${MAX_PAGE} jobs.`)
  }
  const filter: Filter<Job> = {
    deletedAt: removed ? { $ne: null } : null,
    ...(status ? { status: { $in: status } } : {}),
    ...(subjectId === undefined ? {} : { subjectId }),
    ...beyond(cursor)
  }
  const rows = await jobs
    .find(filter, { sort: { createdAt: -1, _id: -1 }, limit: limit + 1, projection: SUMMARY_FIELDS })
    .toArray()
  const items = rows.slice(0, limit).map((row) => readSummary(row).summary)
  const last = items.at(-1)
  const next = rows.length > limit && last ? encodePosition({ date: last.createdAt, id: last._id }) : null
  return { items, next }
}

async function counts(jobs: Collection<Job>): Promise<Record<JobStatus, number>> {
  const count = (status: JobStatus) => jobs.countDocuments({ status, deletedAt: null })
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

type Queries = Pick<JobRepository, 'get' | 'list' | 'counts' | 'leases' | 'countReferences' | 'artifactsInUse'>

export function jobQueries(jobs: Collection<Job>): Queries {
  return {
    async get(id) {
      const row = await jobs.findOne({ _id: id })
      return row ? readJob(row) : null
    },
    list: (query) => list(jobs, query),
    counts: () => counts(jobs),
    async leases() {
      const filter = { status: 'processing', deletedAt: null } as const
      const rows = await jobs.find(filter, { projection: { lease: 1, schemaVersion: 1 } }).toArray()
      return rows.map(readLease)
    },
    countReferences: (artifact: ArtifactId) => jobs.countDocuments({ artifacts: artifact }),
    artifactsInUse: () => artifactsInUse(jobs)
  }
}
