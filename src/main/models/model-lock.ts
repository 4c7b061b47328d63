import { randomUUID } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import { makeFolder } from '../files/durable-files.ts'
import { hasEnded } from '../jobs/worker-identity.ts'

/** A process of this machine, as `hasEnded` knows it. */
const SELF = { owner: '', bootId: `${process.pid}-${randomUUID()}` }

/**
 * Runs work that no two processes may do at once on one model. Each leaves a file that is called by the process and then
 * looks for those of others, so that two who come together both stand back; files of processes that have ended are
 * taken away, by whoever finds them.
 * @param folder where the locks lie
 * @throws StudioError `model-busy`.
 */
export async function withModelLock<T>(folder: string, id: string, work: () => Promise<T>): Promise<T> {
  await makeFolder(folder)
  const own = `${id}@${SELF.bootId}@${randomUUID()}`
  await writeFile(join(folder, own), '')
  try {
    if ((await lockHolders(folder, own)).has(id)) throw busy(id)
    return await work()
  } finally {
    await rm(join(folder, own), { force: true })
  }
}

/** The ids that somebody holds; the locks of processes that have ended are taken away. @param own one that does not count */
export async function lockHolders(folder: string, own: string | null = null): Promise<ReadonlySet<string>> {
  const held = new Set<string>()
  for (const name of await readdir(folder).catch(() => [])) {
    const [id = '', bootId = ''] = name.split('@')
    if (name === own) continue
    // One of this very process counts: it may run several studios.
    if (bootId !== SELF.bootId && hasEnded(bootId, SELF)) await rm(join(folder, name), { force: true })
    else held.add(id)
  }
  return held
}

export function busy(id: string): StudioError {
  return new StudioError('model-busy', say('error-model-busy', { model: id }))
}
