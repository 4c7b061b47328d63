import { join } from 'node:path'
import type { EngineSet } from '../../domain/engine.ts'
import { writeReport } from '../../domain/rules/report.ts'
import { JobManager } from '../jobs/job-manager.ts'
import type { JobManagerSettings } from '../jobs/manager-settings.ts'
import { workerOfThisProcess } from '../jobs/worker-identity.ts'
import { logJobs } from '../logs/log-jobs.ts'
import type { Studio } from '../studio.ts'

/** The studio with jobs worked on by these engines instead of its own; closing it closes the studio that was given. */
export async function withEngines(
  studio: Studio,
  engines: EngineSet,
  settings: Partial<JobManagerSettings> = {}
): Promise<Studio> {
  const manager = new JobManager({
    repository: studio.jobs,
    artifacts: studio.artifacts,
    chooseEngines: async () => engines,
    writePlainReport: writeReport,
    worker: await workerOfThisProcess(studio.dataFolder),
    scratchFolder: join(studio.dataFolder, 'scratch-of-other-engines'),
    settings
  })
  const stopLogging = logJobs(manager, studio.log)
  return {
    ...studio,
    manager,
    async close() {
      await manager.stop()
      stopLogging()
      await studio.close()
    }
  }
}
