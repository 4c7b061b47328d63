import { open, rename, rm } from 'node:fs/promises'

/** Writes beside the file, then renames: a reader, or a machine that loses power, never sees half of it. */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`
  try {
    const file = await open(partial, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
