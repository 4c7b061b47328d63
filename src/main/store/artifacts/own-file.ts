import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { faultPoint } from '../../fault-points.ts'
import { openFileChunks } from './file-chunks.ts'
import type { IncomingFile } from './incoming-file.ts'

/** Windows has no such flag, and lets only administrators make links. */
const NOT_THROUGH_A_LINK = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW

/** Makes a file that its owner gives away ready to be moved: it is on the disk then. Null where it must be copied instead. */
export async function readyToMove(path: string, signal?: AbortSignal): Promise<IncomingFile | null> {
  // Windows syncs only what is open for writing.
  const handle = await open(path, constants.O_RDWR | NOT_THROUGH_A_LINK).catch(() => null)
  if (handle === null) return null
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const now = new Date()
    // When it is put is what counts for a sweep, whatever time its maker gave it.
    await handle.utimes(now, now)
    const state = await handle.stat()
    // By another name somebody could go on writing to it.
    if (!state.isFile() || state.nlink !== 1) return null
    for await (const chunk of openFileChunks(handle, state.size)) {
      signal?.throwIfAborted()
      hash.update(chunk)
      bytes += chunk.length
    }
    await handle.sync()
    await faultPoint('artifact-temp-written')
    return { path, digest: hash.digest('hex'), bytes, state }
  } finally {
    await handle.close()
  }
}
