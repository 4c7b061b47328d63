import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstalledModel } from '../../../domain/models/installed-model.ts'
import type { ModelProgress } from '../../../domain/models/model-state.ts'
import { makeFolder, syncFolder } from '../../files/durable-files.ts'
import { writeRecord } from '../download/download-record.ts'
import { digestOf } from '../file-digest.ts'
import type { ModelFolders } from '../model-folders.ts'
import { moveToBin } from './place-model.ts'

/** Paths of files that are missing or are no longer what was installed. Reads every byte. */
export async function damagedFiles(
  folder: string,
  { files }: InstalledModel,
  signal: AbortSignal,
  onProgress: (progress: ModelProgress) => void
): Promise<string[]> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const damaged: string[] = []
  let done = 0
  const tell = () => onProgress({ done: Math.min(done, total), total, bytesPerSecond: null, leftMs: null })
  for (const { path, digest } of files) {
    tell()
    const found = await digestOf(join(folder, path), digest.algorithm, signal, (bytes) => {
      done += bytes
      tell()
    }).catch(() => {
      signal.throwIfAborted()
      return null
    })
    if (found?.hex !== digest.hex) damaged.push(path)
  }
  return damaged
}

/** Makes an installed model a download again that has all but its damaged files. */
export async function reopenDownload(
  folders: ModelFolders,
  installed: InstalledModel,
  damaged: readonly string[]
): Promise<void> {
  const { id, repository, commit } = installed
  const binned = await moveToBin(folders, id)
  if (binned === null) return
  const folder = folders.download(id)
  await makeFolder(folders.downloads)
  await mkdir(folder, { recursive: true })
  await rename(binned, join(folder, 'files'))
  await syncFolder(folder)
  await writeRecord(folder, {
    schemaVersion: 1,
    id,
    repository,
    commit: commit ?? '',
    files: installed.files.map((file) => {
      const verified = !damaged.includes(file.path)
      return { ...file, held: verified && file.bytes > 0 ? [[0, file.bytes]] : [], verified }
    })
  })
}
