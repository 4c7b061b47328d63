import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Lease } from '../../domain/job.ts'
import { makeFolder } from '../files/durable-files.ts'
import { writeSmallFile } from '../files/small-file.ts'
import type { Worker } from '../store/job-repository.ts'

/**
 * Who this process is to other workers. `owner` names a machine and its data folder, so that no other machine, and no
 * container that merely shares the folder, has the same one; `bootId` names the process.
 */
export async function workerOfThisProcess(dataFolder: string): Promise<Worker> {
  return { owner: `${hostname()}:${await installationId(dataFolder)}`, bootId: `${process.pid}-${randomUUID()}` }
}

/** Of two processes that come to a new folder at the same time the later one names it; that costs only patience. */
async function installationId(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'worker-id')
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known !== '') return known
  const id = randomUUID()
  await makeFolder(dataFolder)
  writeSmallFile(path, id)
  return id
}

/** True only when the holder was a process of this machine that has ended; of other machines nothing can be known. */
export function isKnownDead(lease: Lease, worker: Worker): boolean {
  return lease.owner === worker.owner && hasEnded(lease.bootId, worker)
}

/** True when `bootId`, of this machine, is of a process that has ended. A number in use again counts as alive. */
export function hasEnded(bootId: string, worker: Worker): boolean {
  if (bootId === worker.bootId) return false
  const pid = Number.parseInt(bootId, 10)
  // A container gives its first process the same number every time.
  if (!(pid > 0) || pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
