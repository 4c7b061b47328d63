import { renameSync, writeFileSync } from 'node:fs'

/** Writes a small file whole or not at all; at once, because a window that closes does not wait. */
export function writeWhole(file: string, text: string): void {
  const partial = `${file}.partial`
  writeFileSync(partial, text)
  renameSync(partial, file)
}
