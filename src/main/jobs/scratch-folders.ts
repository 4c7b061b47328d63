import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Worker } from '../store/job-repository.ts'
import { hasEnded } from './worker-identity.ts'

/** Folders that engines write to, one for each job at work, under one for each process, so that no process sweeps another's. */
export class ScratchFolders {
  readonly #root: string
  readonly #worker: Worker
  readonly #own: string

  /** `root` is on this machine and used for nothing else. */
  constructor(root: string, worker: Worker) {
    this.#root = root
    this.#worker = worker
    this.#own = join(root, worker.bootId)
  }

  /** Removes what processes left behind that were killed, and makes room for this one. */
  async prepare(): Promise<void> {
    await mkdir(this.#own, { recursive: true })
    const boots = await readdir(this.#root)
    await Promise.all(
      boots.filter((boot) => hasEnded(boot, this.#worker)).map((boot) => remove(join(this.#root, boot)))
    )
  }

  async create(): Promise<string> {
    return await mkdtemp(join(this.#own, 'job-'))
  }

  async remove(folder: string): Promise<void> {
    await remove(folder)
  }

  /** Removes all that is left of this process. */
  async removeAll(): Promise<void> {
    await remove(this.#own)
  }
}

/** Retries, for Windows refuses while an engine that was given up still has a file open. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 })
}
