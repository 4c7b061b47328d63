import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openWorker } from './worker-process.fixture.ts'

/**
 * One worker of many on a MongoDB server, as if on a machine of its own: `FOLDER URI MILLISECONDS CONCURRENCY`; each call
 * of an engine takes so long. It appends to `worker.log` in its folder which pictures it begins and which jobs it ends,
 * and works until its process is ended.
 */
const [folder = '', uri, milliseconds = '0', concurrency = '1'] = process.argv.slice(2)
const log = (line: string) => appendFileSync(join(folder, 'worker.log'), `${line}\n`)

const { manager, close } = await openWorker({
  folder,
  uri,
  sharpness: [0.2, 1],
  onCall: () => sleep(Number(milliseconds)),
  onGenerate: (seed) => log(`generate ${seed}`),
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
