import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineSet } from '../../domain/engine.ts'
import type { Job, Reference } from '../../domain/job.ts'
import { type Parameters, parseParameters } from '../../domain/parameters/parameters.ts'
import type { ArtifactStore } from '../store/artifact-store.ts'
import type { JobRepository, NewJob, WorkerAbilities } from '../store/job-repository.ts'
import { openStore } from '../store/open-store.ts'
import { createJobRepository } from '../store/repository/create-job-repository.ts'
import { storeWorkerOf } from '../store/start-store-worker.ts'
import type { DatabasePlace } from '../store/test-database.fixture.ts'
import type { ChooseEngines } from './engines-of-job.ts'
import { JobManager } from './job-manager.ts'
import type { JobManagerSettings } from './manager-settings.ts'
import { writePng } from './plain-png.fixture.ts'
import { reportOn } from './test-engines.fixture.ts'

/** Fast enough for tests, slow enough that a busy machine keeps its leases. */
export const TEST_SETTINGS: Partial<JobManagerSettings> = {
  leaseMs: 3_000,
  pollMs: 20,
  quitMs: 2_000,
  steps: { maxTries: 3, retryMs: { first: 5, longest: 20 } }
}

export interface TestStudio {
  readonly folder: string
  readonly repository: JobRepository
  readonly artifacts: ArtifactStore
  /** One worker on the store, or on another view of it; several stand for several processes. */
  manager(
    engines: EngineSet | ChooseEngines,
    settings?: Partial<JobManagerSettings>,
    through?: JobRepository,
    abilities?: WorkerAbilities
  ): JobManager
  /** A job that no worker has been told of. */
  newJob(change?: Partial<NewJob>): Promise<NewJob>
  get(id: string): Promise<Job>
  /** Stops every manager: after each test. */
  stopManagers(): Promise<void>
  /** Removes the folder. */
  close(): Promise<void>
}

export async function openTestStudio(uri?: string): Promise<TestStudio> {
  const folder = await mkdtemp(join(tmpdir(), 'apex-jobs-'))
  const { repository, artifacts, close } = await openTestStore({ folder, uri })
  const managers: JobManager[] = []
  return {
    folder,
    repository,
    artifacts,
    manager(engines, settings, through = repository, abilities) {
      const manager = new JobManager({
        repository: through,
        artifacts,
        chooseEngines: typeof engines === 'function' ? engines : async () => engines,
        writePlainReport: (job) => reportOn(job, 'plain'),
        worker: { owner: 'this-machine', bootId: `${process.pid}-${randomUUID()}` },
        scratchFolder: join(folder, 'scratch'),
        settings: { ...TEST_SETTINGS, ...settings },
        ...(abilities && { abilities: async () => abilities })
      })
      managers.push(manager)
      return manager
    },
    newJob: async (change) => ({ ...(await newTestJob(folder, artifacts)), ...change }),
    async get(id) {
      const job = await repository.get(id)
      if (!job) throw new Error(`There is no job ${id}.`)
      return job
    },
    async stopManagers() {
      await Promise.all(managers.splice(0).map((manager) => manager.stop()))
    },
    async close() {
      await close()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** The jobs and artifacts of a store, as the studio opens them; with a URI those of a MongoDB server. */
export async function openTestStore(place: DatabasePlace) {
  const worker = storeWorkerOf(new URL('../cli.ts', import.meta.url).href)
  const { database, artifacts, close } = await openStore({ ...place, worker })
  return { repository: await createJobRepository(database), artifacts, close }
}

/** An order for a portrait of one photo, which `folder` gets too. */
export async function newTestJob(folder: string, artifacts: ArtifactStore): Promise<NewJob> {
  return {
    subjectId: 'subject',
    references: [await storedPhoto(folder, artifacts)],
    parameters: testParameters(),
    seed: 42,
    maxAttempts: 3,
    requestedEngines: { vlm: null, generator: null }
  }
}

export function testParameters(change: Partial<Parameters> = {}): Parameters {
  return parseParameters({ resolution: '2k', ...change })
}

/** A photo in the store, as intake leaves it there. */
export async function storedPhoto(folder: string, artifacts: ArtifactStore, name = 'anna.png'): Promise<Reference> {
  const path = join(folder, name)
  await writePng(path, [1, 2, 3])
  const { id, bytes } = await artifacts.putFile(path)
  return { artifact: id, name, bytes, face: null, inspection: null }
}

/** Something that one part of a test waits for and another gives. */
export function signal() {
  let give = () => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { give, given }
}
