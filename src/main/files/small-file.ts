import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Writes a small file whole or not at all, also when several processes do so; at once, because a window that closes does
 * not wait. For what can be made anew: the drive is not waited for.
 */
export function writeSmallFile(path: string, text: string): void {
  const partial = `${path}.${randomUUID()}.partial`
  try {
    writeFileSync(partial, text)
    renameSync(partial, path)
  } catch (thrown) {
    rmSync(partial, { force: true })
    throw thrown
  }
}
