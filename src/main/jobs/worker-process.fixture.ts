import { join } from 'node:path'
import { JobManager } from './job-manager.ts'
import type { JobManagerSettings } from './manager-settings.ts'
import { reportOn, type TestEnginesOptions, testEngines } from './test-engines.fixture.ts'
import { openTestStore } from './test-studio.fixture.ts'
import { workerOfThisProcess } from './worker-identity.ts'

export interface WorkerProcess extends TestEnginesOptions {
  readonly folder: string
  readonly uri: string | undefined
  readonly settings: Partial<JobManagerSettings>
  /** Told of each picture before it is made. */
  readonly onGenerate: (seed: number) => void
}

/** A manager that is not yet started, with its store, for a process that works on nothing but jobs. */
export async function openWorker({ folder, uri, settings, onGenerate, ...options }: WorkerProcess) {
  const { repository, artifacts, close } = await openTestStore({ folder, uri })
  const engines = testEngines(options)
  const { generator } = engines
  const manager = new JobManager({
    repository,
    artifacts,
    chooseEngines: async () => ({
      ...engines,
      generator: {
        ...generator,
        generate: (request, context) => {
          onGenerate(request.seed)
          return generator.generate(request, context)
        }
      }
    }),
    writePlainReport: (job) => reportOn(job, 'plain'),
    worker: await workerOfThisProcess(folder),
    scratchFolder: join(folder, 'scratch'),
    settings
  })
  return { repository, artifacts, manager, close }
}
