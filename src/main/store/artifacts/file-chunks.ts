import { type FileHandle, open } from 'node:fs/promises'

/** Bytes read and hashed in one go: a few milliseconds, so that a window stays smooth beside it. */
const CHUNK = 1 << 20

/** A file's bytes from its start. Each chunk lies in the same memory as the one before: it is used up before the next. */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    yield* openFileChunks(handle, size)
  } finally {
    await handle.close()
  }
}

/** The bytes of an open file, in the same way. */
export async function* openFileChunks(handle: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(Math.min(Math.max(size, 1), CHUNK))
  for (let total = 0; ; ) {
    const { bytesRead } = await handle.read(buffer)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    total += bytesRead
    // Saves the read that would find the end. Where no size is told, as of a pipe or a device, that read is made.
    if (total === size) return
  }
}
