import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** Makes the names in a folder durable. Windows cannot sync a folder, and its file systems journal names themselves. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await sync(folder, 'r')
}

/** Makes the bytes of a file that was written otherwise durable. Windows syncs only what is open for writing. */
export async function syncFile(path: string): Promise<void> {
  await sync(path, process.platform === 'win32' ? 'r+' : 'r')
}

/** As `syncFile`, for every file below a folder. */
export async function syncFilesBelow(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  for (const entry of entries) if (entry.isFile()) await syncFile(join(entry.parentPath, entry.name))
}

async function sync(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Makes a folder and its parents, durably. Not by mkdir's own `recursive`: that never ends on a file system that makes
 * no folders and says that the parent is missing, as /proc does, and says the same of one that is read-only.
 * @throws the system's own errors
 */
export async function makeFolder(folder: string): Promise<void> {
  const path = resolve(folder)
  if (await isFolder(path)) return
  const parent = dirname(path)
  if (parent !== path) await makeFolder(parent)
  try {
    await mkdir(path)
  } catch (thrown) {
    // Somebody else may have made it meanwhile.
    if (!(await isFolder(path))) throw thrown
  }
  await syncFolder(parent)
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (facts) => facts.isDirectory(),
    () => false
  )
}
