import { monotonicFactory } from 'ulid'
import { StudioError } from '../../../domain/errors.ts'
import { JOB_SCHEMA_VERSION, type Job, jobSchema, jobStatusSchema } from '../../../domain/job.ts'
import { jobMissing } from '../../../domain/job-missing.ts'
import { OWN_BACKDROP } from '../../../domain/parameters/background.ts'
import { backdropOf } from '../../../domain/parameters/parameters.ts'
import { type RatingChange, rated, UNRATED } from '../../../domain/rating.ts'
import type { Collection, Filter, Update } from '../collection.ts'
import type { Database } from '../database.ts'
import type { JobRepository, NewJob } from '../job-repository.ts'
import { derivedFields } from './derived-fields.ts'
import { readArtifacts, readJob } from './job-rows.ts'
import { ENDS, TOLD } from './told.ts'

const ulid = monotonicFactory()

function newDocument({ id, priority = 0, backdrop = null, ...asked }: NewJob, now: Date): Job {
  const empty = { attempts: [], final: null, best: null }
  return jobSchema.parse({
    ...asked,
    ...empty,
    backdrop,
    parameters: withBackdrop(asked.parameters, backdrop),
    _id: id ?? ulid(now.getTime()),
    schemaVersion: JOB_SCHEMA_VERSION,
    revision: 0,
    status: 'pending',
    priority,
    position: now.getTime(),
    createdAt: now,
    updatedAt: now,
    engines: null,
    setbacks: [],
    chosenBy: null,
    report: null,
    error: null,
    waiting: null,
    lease: null,
    claims: 0,
    timings: {},
    ...derivedFields({ ...empty, ...asked, backdrop }),
    deletedAt: null
  })
}

function withBackdrop(parameters: Job['parameters'], backdrop: Job['backdrop']): Job['parameters'] {
  if (backdrop) return { ...parameters, background: OWN_BACKDROP }
  if (backdropOf(parameters.background)?.kind !== 'own') return parameters
  throw new StudioError('parameters-invalid', 'The background is to be an own backdrop, but there is no file for it.', {
    hint: 'Hand in a panorama or a photograph as the backdrop, or choose another background.'
  })
}

/** Applies the update to the job if it is as the filter says. @throws StudioError `job-missing`, `job-state`. */
async function changed(jobs: Collection<Job>, id: string, filter: Filter<Job>, update: Update<Job>, what: string) {
  const row = await jobs.findOneAndUpdate({ ...filter, _id: id }, update, { returnDocument: 'after' })
  if (row) return readJob(row)
  const present = await jobs.findOne({ _id: id }, { projection: { status: 1 } })
  if (!present) throw jobMissing(id)
  throw new StudioError('job-state', `The job ${id} is ${String(present.status)} and cannot be ${what}.`)
}

async function remove(jobs: Collection<Job>, id: string): Promise<void> {
  const gone = { updatedAt: true, deletedAt: true } as const
  const stopped = await jobs.updateOne(
    { _id: id, deletedAt: null, status: { $in: ['pending', 'processing'] } },
    { ...TOLD, $set: { status: 'cancelled', lease: null, waiting: null }, $currentDate: gone }
  )
  if (stopped.matchedCount > 0) return
  const ended = await jobs.updateOne(
    { _id: id, deletedAt: null, status: { $in: ['completed', 'failed', 'cancelled'] } },
    { ...TOLD, $currentDate: gone }
  )
  if (ended.matchedCount > 0) return
  const present = await jobs.findOne({ _id: id }, { projection: { deletedAt: 1, status: 1 } })
  if (!present) throw jobMissing(id)
  if (present.deletedAt !== null) return
  // It was resumed between the two looks.
  if (jobStatusSchema.safeParse(present.status).success) return await remove(jobs, id)
  // A damaged one is put away as it is.
  await jobs.updateOne({ _id: id, deletedAt: null }, { ...TOLD, $currentDate: gone })
}

async function restore(jobs: Collection<Job>, id: string): Promise<void> {
  const { matchedCount } = await jobs.updateOne({ _id: id }, { ...TOLD, $set: { deletedAt: null } })
  if (matchedCount === 0) throw jobMissing(id)
}

async function erase(jobs: Collection<Job>, id: string) {
  const row = await jobs.findOne({ _id: id }, { projection: { artifacts: 1, schemaVersion: 1 } })
  const { deletedCount } = await jobs.deleteOne({ _id: id, deletedAt: { $ne: null } })
  if (row && deletedCount > 0) return readArtifacts(row).artifacts
  if (!row) throw jobMissing(id)
  throw new StudioError('job-state', `The job ${id} has not been removed.`, { hint: 'Remove it first.' })
}

/** The rating of the job or of one attempt; what the change does not name stays. */
async function rate(jobs: Collection<Job>, id: string, attempt: number | null, change: RatingChange): Promise<Job> {
  const path = attempt === null ? 'rating' : `attemptRatings.${attempt}`
  for (;;) {
    const row = await jobs.findOne({ _id: id })
    if (!row) throw jobMissing(id)
    const job = readJob(row)
    if (attempt !== null && !job.attempts.some(({ number }) => number === attempt)) {
      throw new StudioError('job-state', `The job ${id} has no attempt ${attempt}.`)
    }
    const before = attempt === null ? job.rating : (job.attemptRatings[attempt] ?? UNRATED)
    // Of two that rate at once the later one sees what the earlier one wrote.
    const written = await jobs.findOneAndUpdate(
      { _id: id, revision: job.revision },
      { ...TOLD, $set: { [path]: rated(before, change) } },
      { returnDocument: 'after' }
    )
    if (written) return readJob(written)
  }
}

async function chooseFinal(jobs: Collection<Job>, id: string, attempt: number | null): Promise<Job> {
  const row = await jobs.findOne({ _id: id })
  const job = row ? readJob(row) : null
  if (job && attempt !== null && !job.attempts[attempt - 1]?.judgement) {
    throw new StudioError('job-state', `Attempt ${attempt} of the job ${id} was not judged yet.`)
  }
  const wish = { ...TOLD, $set: { wantedAttempt: attempt, status: 'pending', claims: 0, error: null } } as const
  const ended = { deletedAt: null, status: { $in: ['completed', 'failed', 'cancelled'] } } as const
  if (attempt !== null) return await changed(jobs, id, ended, wish, 'given another final')
  const back = job?.final ? 'completed' : 'failed'
  const waiting = { deletedAt: null, status: 'pending', wantedAttempt: { $ne: null } } as const
  return await changed(jobs, id, waiting, { ...TOLD, $set: { wantedAttempt: null, status: back } }, 'left as it was')
}

type Commands = Pick<
  JobRepository,
  | 'create'
  | 'cancel'
  | 'resume'
  | 'setPriority'
  | 'setPlace'
  | 'setSubject'
  | 'rate'
  | 'chooseFinal'
  | 'remove'
  | 'restore'
  | 'erase'
>

/** What users do to jobs. */
export function jobCommands(jobs: Collection<Job>, clock: Pick<Database, 'now'>): Commands {
  return {
    async create(job) {
      const document = newDocument(job, await clock.now())
      await jobs.insertOne(document)
      return document
    },
    cancel: (id) =>
      changed(
        jobs,
        id,
        { deletedAt: null, status: { $in: ['pending', 'processing'] } },
        { ...ENDS, $set: { status: 'cancelled', lease: null, waiting: null, untold: true } },
        'cancelled'
      ),
    resume: (id) =>
      changed(
        jobs,
        id,
        { deletedAt: null, status: { $in: ['cancelled', 'failed'] } },
        { ...TOLD, $set: { status: 'pending', claims: 0, error: null, waiting: null } },
        'resumed'
      ),
    setPriority: (id, priority) =>
      changed(jobs, id, { deletedAt: null }, { ...TOLD, $set: { priority } }, 'given another priority'),
    setPlace: (id, { priority, position }) =>
      changed(jobs, id, { deletedAt: null, status: 'pending' }, { ...TOLD, $set: { priority, position } }, 'moved'),
    setSubject: (id, subjectId) => changed(jobs, id, {}, { ...TOLD, $set: { subjectId } }, 'given to another subject'),
    rate: (id, attempt, change) => rate(jobs, id, attempt, change),
    chooseFinal: (id, attempt) => chooseFinal(jobs, id, attempt),
    remove: (id) => remove(jobs, id),
    restore: (id) => restore(jobs, id),
    erase: (id) => erase(jobs, id)
  }
}
