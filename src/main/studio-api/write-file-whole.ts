import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'

/** Writes a file whole or not at all, over one of that name. */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`
  try {
    await writeFile(partial, text)
    await rename(partial, path)
  } finally {
    await rm(partial, { force: true })
  }
}
