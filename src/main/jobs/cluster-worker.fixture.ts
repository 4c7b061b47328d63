import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { JobManager } from './job-manager.ts'
import { reportOn, testEngines } from './test-engines.fixture.ts'
import { openTestStore } from './test-studio.fixture.ts'
import { workerOfThisProcess } from './worker-identity.ts'

/**
 * One worker of many on a MongoDB server, as if on a machine of its own: `FOLDER URI MILLISECONDS CONCURRENCY`; each call
 * of an engine takes so long. It appends to `worker.log` in its folder which pictures it begins and which jobs it ends,
 * and works until its process is ended.
 */
const [folder = '', uri, milliseconds = '0', concurrency = '1'] = process.argv.slice(2)
const log = (line: string) => appendFileSync(join(folder, 'worker.log'), `${line}\n`)

const { repository, artifacts, close } = await openTestStore({ folder, uri })
const engines = testEngines({ sharpness: [0.2, 1], onCall: () => sleep(Number(milliseconds)) })
const { generator } = engines
const manager = new JobManager({
  repository,
  artifacts,
  chooseEngines: async () => ({
    ...engines,
    generator: {
      ...generator,
      generate: (request, context) => {
        log(`generate ${request.seed}`)
        return generator.generate(request, context)
      }
    }
  }),
  writePlainReport: (job) => reportOn(job, 'plain'),
  worker: await workerOfThisProcess(folder),
  scratchFolder: join(folder, 'scratch'),
  settings: { concurrency: Number(concurrency), pollMs: 100, leaseMs: 3_000 }
})
manager.onChanged((job) => {
  if (job.status === 'completed' || job.status === 'failed') log(`end ${job._id}`)
})
process.once('SIGTERM', async () => {
  await manager.stop()
  await close()
})
await manager.start()
process.stdout.write('started\n')
