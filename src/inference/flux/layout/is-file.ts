import { stat } from 'node:fs/promises'
import { join } from 'node:path'

export async function isFile(...path: readonly string[]): Promise<boolean> {
  const facts = await stat(join(...path)).catch(() => null)
  return facts?.isFile() ?? false
}
