import { z } from 'zod'
import { StudioError, serializeError } from '../../../domain/errors.ts'
import { type Job, jobSchema } from '../../../domain/job.ts'
import type { Collection, DottedPath, Filter, Identified } from '../collection.ts'
import type { Database } from '../database.ts'
import type { JobRepository, WorkerAbilities } from '../job-repository.ts'
import { TOLD } from './told.ts'

/** Said by a job whose engine no worker has. */
const LACKING = 'engine-without-worker'

/** The collection of the workers on a database. */
export const WORKERS = 'workers'

/** A worker that lives, and the engines it has. */
interface WorkerRow extends Identified, WorkerAbilities {
  readonly owner: string
  readonly seenAt: Date
}

const workerRowSchema = z.object({ generators: z.array(z.string()), vlms: z.array(z.string()) })

/** What living workers have between them. */
interface Had {
  readonly generators: ReadonlySet<string>
  readonly vlms: ReadonlySet<string>
}

/** Jobs looked at in one step, so that the store answers others in between. */
const STEP = 200

/** Waiting jobs that do not say what they lack, or say what they do not lack any more: those, and no others, are read. */
function concerned({ generators, vlms }: Had): Filter<Job> {
  const lacksGenerator = without('engines.generator.engine', 'requestedEngines.generator', generators)
  const lacksVlm = without('engines.vlm.engine', 'requestedEngines.vlm', vlms)
  const outdated: readonly Filter<Job>[] = [
    { 'waiting.error.details.generator': { $in: [...generators] } },
    { 'waiting.error.details.vlm': { $in: [...vlms] } },
    { 'waiting.error.details.generator': null, ...lacksGenerator },
    { 'waiting.error.details.vlm': null, ...lacksVlm }
  ]
  return {
    status: 'pending',
    deletedAt: null,
    $or: [
      { waiting: null, $or: [lacksGenerator, lacksVlm] },
      { 'waiting.error.code': LACKING, $or: outdated }
    ]
  }
}

/** The engine a job was begun with counts before the one that was asked for. */
function without(begunWith: DottedPath, askedFor: DottedPath, had: ReadonlySet<string>): Filter<Job> {
  const named = (path: DottedPath): Filter<Job> => ({
    $and: [null, ...had].map((name) => ({ [path]: { $ne: name } }))
  })
  return { $or: [named(begunWith), { $and: [{ [begunWith]: null }, named(askedFor)] }] }
}

const READ = { revision: 1, engines: 1, requestedEngines: 1, waiting: 1 } as const

const particularSchema = jobSchema.pick({
  _id: true,
  revision: true,
  engines: true,
  requestedEngines: true,
  waiting: true
})
type Particular = z.infer<typeof particularSchema>

async function allAbilities(workers: Collection<WorkerRow>, now: Date, withinMs: number): Promise<Had> {
  const rows = await workers.find({ seenAt: { $gte: new Date(now.getTime() - withinMs) } }, {}).toArray()
  // What another version wrote may say less, and then counts for nothing.
  const alive = rows.flatMap((row) => workerRowSchema.safeParse(row).data ?? [])
  return {
    generators: new Set(alive.flatMap(({ generators }) => generators)),
    vlms: new Set(alive.flatMap(({ vlms }) => vlms))
  }
}

/** Workers that nobody has heard of for so long will not come back by that name, ms. */
const LONG_GONE_MS = 24 * 60 * 60 * 1000

async function forgetLongGone(workers: Collection<WorkerRow>, now: Date): Promise<void> {
  const gone: Filter<WorkerRow> = { seenAt: { $lt: new Date(now.getTime() - LONG_GONE_MS) } }
  for (const { _id } of await workers.find(gone, { projection: { owner: 1 } }).toArray())
    await workers.deleteOne({ ...gone, _id: String(_id) })
}

/** What the job is to say while it waits; null where workers have all it takes. Its details are what `concerned` finds it by. */
function sentenceOn({ engines, requestedEngines }: Particular, had: Had): StudioError | null {
  const generator = engines?.generator.engine ?? requestedEngines.generator
  const vlm = engines?.vlm.engine ?? requestedEngines.vlm
  const details = {
    generator: generator === null || had.generators.has(generator) ? null : generator,
    vlm: vlm === null || had.vlms.has(vlm) ? null : vlm
  }
  const names = [details.generator, details.vlm].flatMap((name) => (name === null ? [] : `"${name}"`))
  if (names.length === 0) return null
  return new StudioError(LACKING, `No running worker has the engine ${names.join(' and ')}.`, { details })
}

async function mark(jobs: MarkedJobs, job: Particular, error: StudioError | null, now: Date): Promise<void> {
  const told = job.waiting?.error
  const isOurs = told?.code === LACKING
  // What an engine that is away has said stays.
  if (told && !isOurs) return
  if ((told?.message ?? null) === (error?.message ?? null)) return
  const waiting = error && { error: serializeError(error), since: job.waiting?.since ?? now }
  // A worker may take it meanwhile.
  await jobs.updateOne({ _id: job._id, status: 'pending', revision: job.revision }, { ...TOLD, $set: { waiting } })
}

/** What of the jobs it takes. */
type MarkedJobs = Pick<Collection<Job>, 'find' | 'updateOne'>

/** Workers tell each other what engines they have, so that a job that none of them can make says so. */
export function rollCall(jobs: MarkedJobs, database: Database): Pick<JobRepository, 'rollCall'> {
  const workers = database.collection<WorkerRow>(WORKERS)
  return {
    async rollCall({ owner, bootId }, { generators, vlms }, withinMs) {
      const seen = await workers.updateOne(
        { _id: bootId },
        { $set: { owner, generators, vlms }, $currentDate: { seenAt: true } }
      )
      const now = await database.now()
      if (seen.matchedCount === 0) await workers.insertOne({ _id: bootId, owner, generators, vlms, seenAt: now })
      const had = await allAbilities(workers, now, withinMs)
      await forgetLongGone(workers, now)
      for (let after = '', more = true; more; ) {
        const wanted = { ...concerned(had), _id: { $gt: after } }
        const rows = await jobs.find(wanted, { sort: { _id: 1 }, limit: STEP, projection: READ }).toArray()
        for (const row of rows) {
          const job = particularSchema.safeParse(row).data
          if (job) await mark(jobs, job, sentenceOn(job, had), now)
        }
        after = String(rows.at(-1)?._id ?? after)
        more = rows.length === STEP
      }
    }
  }
}
