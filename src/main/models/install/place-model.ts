import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { INSTALLED_MODEL_FILE, type InstalledModel } from '../../../domain/models/installed-model.ts'
import { makeFolder, syncFilesBelow, syncFolder } from '../../files/durable-files.ts'
import type { ModelFolders } from '../model-folders.ts'

/**
 * Gives a folder that is whole the name of its model: everything in it is durable first, so that whoever finds a folder
 * of that name finds all of it. One that was there before goes.
 */
export async function placeModel(folders: ModelFolders, made: string, manifest: InstalledModel): Promise<void> {
  const target = folders.installed(manifest.id)
  await writeFile(join(made, INSTALLED_MODEL_FILE), JSON.stringify(manifest, null, 2))
  await syncFilesBelow(made)
  await syncFolder(made)
  const former = await moveToBin(folders, manifest.id)
  await makeFolder(folders.root)
  await rename(made, target)
  await syncFolder(folders.root)
  if (former !== null) await rm(former, { recursive: true, force: true })
}

/** Where an installed model was moved to, from where it can be brought back; null where there was none. */
export async function moveToBin(folders: ModelFolders, id: string): Promise<string | null> {
  await makeFolder(folders.bin)
  const binned = join(folders.bin, `${id}@${randomUUID()}`)
  try {
    await rename(folders.installed(id), binned)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null
    throw thrown
  }
  return binned
}

/** An empty folder of its own, on the drive of the models. */
export async function makeWorkFolder(folders: ModelFolders, id: string): Promise<string> {
  await makeFolder(folders.downloads)
  const folder = join(folders.downloads, `${id}@${randomUUID()}`)
  await mkdir(folder)
  return folder
}
