import { randomUUID } from 'node:crypto'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import { isEnded, type Job, jobSchema } from '../../../domain/job.ts'
import type { Collection, Filter, Update } from '../collection.ts'
import type { JobChange, JobRepository, Worker, WorkerAbilities } from '../job-repository.ts'
import { derivedFields } from './derived-fields.ts'
import { QUEUE_ORDER } from './job-orders.ts'
import { readJob, readStanding, STANDING_FIELDS } from './job-rows.ts'
import { TOLD } from './told.ts'

const changeSchema = jobSchema
  .pick({
    status: true,
    references: true,
    engines: true,
    attempts: true,
    setbacks: true,
    final: true,
    best: true,
    chosenBy: true,
    wantedAttempt: true,
    report: true,
    error: true,
    waiting: true,
    timings: true
  })
  .partial()

const lost = (id: string) => new StudioError('lease-lost', `The job ${id} is no longer held by this worker.`)

/** Matches the job only while it is held with this token: a worker that was given up cannot overwrite anything. */
function heldBy(held: Job): Filter<Job> {
  if (!held.lease) throw lost(held._id)
  return { _id: held._id, status: 'processing', 'lease.token': held.lease.token }
}

/** Jobs that the worker has the engines for: those they were begun with, and those that were asked for. */
function within({ generators, vlms }: WorkerAbilities): Filter<Job> {
  return {
    'engines.generator.engine': { $in: [...generators, null] },
    'engines.vlm.engine': { $in: [...vlms, null] },
    'requestedEngines.generator': { $in: [...generators, null] },
    'requestedEngines.vlm': { $in: [...vlms, null] }
  }
}

/** What is written is parsed too: a row that could not be read again must never be stored. */
function checked(change: JobChange) {
  const parsed = changeSchema.parse(change)
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined))
}

async function claim(jobs: Collection<Job>, worker: Worker, token: string): Promise<Job | null> {
  const { owner, bootId, abilities } = worker
  const row = await jobs.findOneAndUpdate(
    { status: 'pending', deletedAt: null, ...(abilities && within(abilities)) },
    {
      $set: { status: 'processing', lease: { owner, bootId, token, beat: 0, writes: 0 } },
      $inc: { revision: 1, claims: 1 },
      $currentDate: { updatedAt: true }
    },
    { sort: QUEUE_ORDER, returnDocument: 'after' }
  )
  return row ? readJob(row) : null
}

/** Claims, and remembers the tokens of those claims whose answer was lost. */
function claiming(jobs: Collection<Job>): JobRepository['claim'] {
  const unanswered = new Set<string>()
  return async (worker) => {
    for (const token of unanswered) {
      const row = await jobs.findOne({ status: 'processing', deletedAt: null, 'lease.token': token })
      unanswered.delete(token)
      if (row) return readJob(row)
    }
    const token = randomUUID()
    try {
      return await claim(jobs, worker, token)
    } catch (thrown) {
      if (toStudioError(thrown).code === 'store-unavailable') unanswered.add(token)
      throw thrown
    }
  }
}

async function transition(jobs: Collection<Job>, held: Job, change: JobChange): Promise<Job> {
  const derived = derivedFields({ ...held, ...change })
  const leaves = change.status !== undefined && change.status !== 'processing'
  const ends = change.status !== undefined && isEnded(change.status)
  const written = checked(change)
  const filter = heldBy(held)
  const writes = held.lease?.writes ?? 0
  const row = await jobs.findOneAndUpdate(
    { ...filter, 'lease.writes': writes },
    {
      ...TOLD,
      $inc: { revision: 1, ...(leaves ? {} : { 'lease.writes': 1 }), ...(ends ? { endings: 1 } : {}) },
      $set: {
        ...written,
        ...derived,
        ...(leaves ? { lease: null } : {}),
        ...(ends ? { waiting: null, untold: true } : {})
      }
    },
    { projection: STANDING_FIELDS, returnDocument: 'after' }
  )
  if (!row) return await madeBefore(jobs, { ...filter, 'lease.writes': writes + 1 }, written, held)
  // The filter names the token, so nobody else can have written the rest.
  return { ...held, ...written, ...readStanding(row) }
}

/** The job as an earlier try of the same transition left it, whose answer was lost. */
async function madeBefore(
  jobs: Collection<Job>,
  filter: Filter<Job>,
  written: Record<string, unknown>,
  held: Job
): Promise<Job> {
  const row = await jobs.findOne(filter)
  if (!row) throw lost(held._id)
  const job = readJob(row)
  const there = changeSchema.parse(Object.fromEntries(Object.entries(job).filter(([field]) => field in written)))
  if (JSON.stringify(there) !== JSON.stringify(changeSchema.parse(written))) throw lost(held._id)
  return job
}

async function update(jobs: Collection<Job>, held: Job, change: Update<Job>): Promise<void> {
  const { matchedCount } = await jobs.updateOne(heldBy(held), change)
  if (matchedCount === 0) throw lost(held._id)
}

type Leases = Pick<JobRepository, 'claim' | 'transition' | 'beat' | 'release' | 'reclaim'>

/** What workers do to the jobs they hold. */
export function jobLeases(jobs: Collection<Job>): Leases {
  return {
    claim: claiming(jobs),
    transition: (held, change) => transition(jobs, held, change),
    // A sign of life is no change that anybody needs to be told.
    beat: (held) => update(jobs, held, { $inc: { 'lease.beat': 1 } }),
    release: (held, { charge }) =>
      update(jobs, held, {
        ...TOLD,
        $set: { status: 'pending', lease: null },
        $inc: { revision: 1, claims: charge ? 0 : -1 }
      }),
    async reclaim(id, seen, { charge } = { charge: true }) {
      const { matchedCount } = await jobs.updateOne(
        { _id: id, status: 'processing', 'lease.token': seen.token, 'lease.beat': seen.beat },
        { ...TOLD, $set: { status: 'pending', lease: null }, $inc: { revision: 1, claims: charge ? 0 : -1 } }
      )
      return matchedCount === 1
    }
  }
}
