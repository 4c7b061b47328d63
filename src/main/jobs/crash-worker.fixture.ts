import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isEnded } from '../../domain/job.ts'
import { sweep } from '../store/artifacts/sweep.ts'
import { openWorker } from './worker-process.fixture.ts'

/**
 * A process that works off the jobs of a store: `FOLDER JOBS MILLISECONDS [URI]`. It ends when there are so many jobs and all
 * have ended; the last is what each engine call takes. Each call is written to `calls.log` in the folder, with the seed
 * for those that make a picture. Tests kill it.
 */
const [folder = '', jobs = '', milliseconds = '0', uri] = process.argv.slice(2)
const log = (line: string) => appendFileSync(join(folder, 'calls.log'), `${process.pid} ${line}\n`)

const { repository, artifacts, manager, close } = await openWorker({
  folder,
  uri,
  sharpness: [0.2, 0.4, 1],
  onCall: async (call) => {
    log(call)
    if (milliseconds !== '0') await sleep(Number(milliseconds))
  },
  onGenerate: (seed) => log(`seed ${seed}`),
  // It is killed more often than any engine should be.
  settings: { concurrency: 2, pollMs: 50, maxClaims: 100 }
})
process.stdout.write('started\n')
await manager.start()
for (;;) {
  const { items } = await repository.list({ limit: 200 })
  if (items.length >= Number(jobs) && items.every(({ status }) => isEnded(status))) break
  await sleep(20)
}
await manager.stop()
await sweep({ repository, artifacts }, { graceMs: 0 })
await close()
