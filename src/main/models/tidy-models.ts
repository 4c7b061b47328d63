import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelFolders } from './model-folders.ts'
import { lockHolders } from './model-lock.ts'

/**
 * Takes away what nobody can go on with: models that were removed by processes before this one, imports that were cut
 * off, downloads of models that are no longer in the catalogue. What another process is at work on is left alone.
 *
 * @param known the ids of the catalogue
 * @param keep folders of removed models that may still be brought back
 */
export async function tidyModels(
  folders: ModelFolders,
  known: ReadonlySet<string>,
  keep: ReadonlySet<string>
): Promise<void> {
  const busy = await lockHolders(folders.locks)
  const isFree = (name: string) => !busy.has(idOf(name))
  const removed = (await namesIn(folders.bin)).filter(isFree).map((name) => join(folders.bin, name))
  const begun = (await namesIn(folders.downloads)).filter((name) => isFree(name) && !known.has(name))
  const orphans = begun.map((name) => join(folders.downloads, name))
  for (const path of [...removed, ...orphans]) if (!keep.has(path)) await rm(path, { recursive: true, force: true })
}

/** Names are an id, or an id, `@` and something that is different each time. */
const idOf = (name: string) => name.split('@')[0] ?? name

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}
