import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { faultPoint } from '../../fault-points.ts'
import type { FileState } from './verified-files.ts'

/** A file in the store's own file system, complete and on the disk, not yet under its name. */
export interface IncomingFile {
  readonly path: string
  readonly digest: string
  readonly bytes: number
  /** As it was written; giving it its name changes nothing of this. */
  readonly state: FileState
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0
  // A write may be short; the count is what the disk has taken.
  while (written < chunk.length) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.length - written)
    written += bytesWritten
  }
}

/** Writes the chunks to a new file in `folder` and waits for the disk; leaves no file when it fails. */
export async function receiveFile(
  folder: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal?: AbortSignal
): Promise<IncomingFile> {
  const path = join(folder, `${randomUUID()}.part`)
  const hash = createHash('sha256')
  let bytes = 0
  let state: FileState
  const handle = await open(path, 'wx')
  try {
    try {
      for await (const chunk of chunks) {
        signal?.throwIfAborted()
        hash.update(chunk)
        await writeAll(handle, chunk)
        bytes += chunk.length
      }
      await handle.sync()
      state = await handle.stat()
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    await rm(path, { force: true })
    throw thrown
  }
  await faultPoint('artifact-temp-written')
  return { path, digest: hash.digest('hex'), bytes, state }
}
