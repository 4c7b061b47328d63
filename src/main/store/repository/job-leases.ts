import { randomUUID } from 'node:crypto'
import { StudioError } from '../../../domain/errors.ts'
import { isEnded, type Job, jobSchema } from '../../../domain/job.ts'
import type { Collection, Filter, Update } from '../collection.ts'
import type { JobChange, JobRepository, Worker } from '../job-repository.ts'
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

/** What is written is parsed too: a row that could not be read again must never be stored. */
function checked(change: JobChange) {
  const parsed = changeSchema.parse(change)
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined))
}

async function claim(jobs: Collection<Job>, { owner, bootId }: Worker): Promise<Job | null> {
  const row = await jobs.findOneAndUpdate(
    { status: 'pending', deletedAt: null },
    {
      $set: { status: 'processing', lease: { owner, bootId, token: randomUUID(), beat: 0 } },
      $inc: { revision: 1, claims: 1 },
      $currentDate: { updatedAt: true }
    },
    { sort: QUEUE_ORDER, returnDocument: 'after' }
  )
  return row ? readJob(row) : null
}

async function transition(jobs: Collection<Job>, held: Job, change: JobChange): Promise<Job> {
  const derived = derivedFields({ ...held, ...change })
  const leaves = change.status !== undefined && change.status !== 'processing'
  const ends = change.status !== undefined && isEnded(change.status)
  const written = checked(change)
  const row = await jobs.findOneAndUpdate(
    heldBy(held),
    {
      ...TOLD,
      $set: { ...written, ...derived, ...(leaves ? { lease: null } : {}), ...(ends ? { waiting: null } : {}) }
    },
    { projection: STANDING_FIELDS, returnDocument: 'after' }
  )
  if (!row) throw lost(held._id)
  // The filter names the token, so nobody else can have written the rest.
  return { ...held, ...written, ...readStanding(row) }
}

async function update(jobs: Collection<Job>, held: Job, change: Update<Job>): Promise<void> {
  const { matchedCount } = await jobs.updateOne(heldBy(held), change)
  if (matchedCount === 0) throw lost(held._id)
}

type Leases = Pick<JobRepository, 'claim' | 'transition' | 'beat' | 'release' | 'reclaim'>

/** What workers do to the jobs they hold. */
export function jobLeases(jobs: Collection<Job>): Leases {
  return {
    claim: (worker) => claim(jobs, worker),
    transition: (held, change) => transition(jobs, held, change),
    // A sign of life is no change that anybody needs to be told.
    beat: (held) => update(jobs, held, { $inc: { 'lease.beat': 1 } }),
    release: (held, { charge }) =>
      update(jobs, held, {
        ...TOLD,
        $set: { status: 'pending', lease: null },
        $inc: { revision: 1, claims: charge ? 0 : -1 }
      }),
    async reclaim(id, seen) {
      const { matchedCount } = await jobs.updateOne(
        { _id: id, status: 'processing', 'lease.token': seen.token, 'lease.beat': seen.beat },
        { ...TOLD, $set: { status: 'pending', lease: null } }
      )
      return matchedCount === 1
    }
  }
}
