import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  INSTALLED_MODEL_FILE,
  type InstalledModel,
  installedModelSchema
} from '../../../domain/models/installed-model.ts'

/** The manifest of a folder; null where there is none that can be read. */
export async function readInstalled(folder: string): Promise<InstalledModel | null> {
  const text = await readFile(join(folder, INSTALLED_MODEL_FILE), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return installedModelSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Paths of files that are missing or have another length. Reads no contents. */
export async function shortFiles(folder: string, { files }: InstalledModel): Promise<string[]> {
  const sizes = await Promise.all(
    files.map(({ path }) =>
      stat(join(folder, path)).then(
        (facts) => facts.size,
        () => -1
      )
    )
  )
  return files.flatMap(({ path, bytes }, index) => (sizes[index] === bytes ? [] : [path]))
}
