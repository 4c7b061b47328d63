import { statfs } from 'node:fs/promises'

/** Room for some hundred portraits with their attempts at 4k. */
const LOW_BYTES = 2 * 1024 ** 3

export interface FreeDisk {
  readonly bytes: number
  readonly isLow: boolean
}

/** What a user may still write where a folder lies. */
export async function freeDisk(folder: string): Promise<FreeDisk> {
  const { bavail, bsize } = await statfs(folder)
  const bytes = bavail * bsize
  return { bytes, isLow: bytes < LOW_BYTES }
}
