import { z } from 'zod'
import { StudioError, serializeError } from '../../../domain/errors.ts'
import { type Job, jobSchema } from '../../../domain/job.ts'
import type { Collection, Filter, Identified } from '../collection.ts'
import type { Database } from '../database.ts'
import type { JobRepository, WorkerAbilities } from '../job-repository.ts'
import { TOLD } from './told.ts'

/** The collection of the workers on a database. */
export const WORKERS = 'workers'

/** A worker that lives, and the engines it has. */
interface WorkerRow extends Identified, WorkerAbilities {
  readonly owner: string
  readonly seenAt: Date
}

const workerRowSchema = z.object({ generators: z.array(z.string()), vlms: z.array(z.string()) })

/** Jobs looked at in one roll call; few name an engine. */
const MOST = 200

/** Waiting jobs that were begun with engines, or name one. */
const PARTICULAR: Filter<Job> = {
  status: 'pending',
  deletedAt: null,
  $or: [
    { 'engines.generator.engine': { $ne: null } },
    { 'requestedEngines.generator': { $ne: null } },
    { 'requestedEngines.vlm': { $ne: null } }
  ]
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

async function allAbilities(
  workers: Collection<WorkerRow>,
  now: Date,
  withinMs: number
): Promise<{ readonly generators: ReadonlySet<string>; readonly vlms: ReadonlySet<string> }> {
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

function lacking(
  { engines, requestedEngines }: Particular,
  had: { readonly generators: ReadonlySet<string>; readonly vlms: ReadonlySet<string> }
): string[] {
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
  return new StudioError('engine-without-worker', `No running worker has the engine ${engines}.`)
}

async function say(jobs: Collection<Job>, job: Particular, error: StudioError | null): Promise<void> {
  const told = job.waiting?.error
  const isOurs = told?.code === 'engine-without-worker'
  // What an engine that is away has said stays.
  if (told && !isOurs) return
  if ((told?.message ?? null) === (error?.message ?? null)) return
  const waiting = error && { error: serializeError(error), since: job.waiting?.since ?? new Date() }
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
      const rows = await jobs.find(PARTICULAR, { limit: MOST, projection: READ }).toArray()
      for (const row of rows) {
        const job = particularSchema.safeParse(row).data
        if (job) await say(jobs, job, sentenceOn(lacking(job, had)))
      }
    }
  }
}
