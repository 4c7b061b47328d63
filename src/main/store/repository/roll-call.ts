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

/** Waiting jobs that have to be told something, or were: those that lack an engine, and those that have said so. */
function concerned({ generators, vlms }: Had): Filter<Job> {
  const lack = [
    without('engines.generator.engine', 'requestedEngines.generator', generators),
    without('engines.vlm.engine', 'requestedEngines.vlm', vlms)
  ]
  return {
    status: 'pending',
    deletedAt: null,
    $or: [{ waiting: null, $or: lack }, { 'waiting.error.code': LACKING }]
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

function lacking({ engines, requestedEngines }: Particular, had: Had): string[] {
  const generator = engines?.generator.engine ?? requestedEngines.generator
  const vlm = engines?.vlm.engine ?? requestedEngines.vlm
  return [
    ...(generator !== null && !had.generators.has(generator) ? [generator] : []),
    ...(vlm !== null && !had.vlms.has(vlm) ? [vlm] : [])
  ]
}

/** What the job is to say while it waits; null where workers have all it takes. */
function sentenceOn(names: readonly string[]): StudioError | null {
  if (names.length === 0) return null
  const engines = names.map((name) => `"${name}"`).join(' and ')
  return new StudioError(LACKING, `No running worker has the engine ${engines}.`)
}

async function mark(jobs: Collection<Job>, job: Particular, error: StudioError | null, now: Date): Promise<void> {
  const told = job.waiting?.error
  const isOurs = told?.code === LACKING
  // What an engine that is away has said stays.
  if (told && !isOurs) return
  if ((told?.message ?? null) === (error?.message ?? null)) return
  const waiting = error && { error: serializeError(error), since: job.waiting?.since ?? now }
  // A worker may take it meanwhile.
  await jobs.updateOne({ _id: job._id, status: 'pending', revision: job.revision }, { ...TOLD, $set: { waiting } })
}

/** Workers tell each other what engines they have, so that a job that none of them can make says so. */
export function rollCall(jobs: Collection<Job>, database: Database): Pick<JobRepository, 'rollCall'> {
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
          if (job) await mark(jobs, job, sentenceOn(lacking(job, had)), now)
        }
        after = String(rows.at(-1)?._id ?? after)
        more = rows.length === STEP
      }
    }
  }
}
