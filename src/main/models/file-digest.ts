import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FileDigest } from '../../domain/models/model-file.ts'

/** Hashed in less than a millisecond: the window's own process does this too. */
const CHUNK_BYTES = 256 * 1024

/** The digest of a file by the algorithm of another one. @throws the system's own errors; the signal's reason. */
export async function digestOf(
  path: string,
  algorithm: FileDigest['algorithm'],
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => undefined
): Promise<FileDigest> {
  const hash = createHash(algorithm === 'sha256' ? 'sha256' : 'sha1')
  // https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
  if (algorithm === 'git-blob-sha1') hash.update(`blob ${(await stat(path)).size}\0`)
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, signal })) {
      hash.update(chunk)
      onBytes(chunk.length)
    }
  } catch (thrown) {
    signal.throwIfAborted()
    throw thrown
  }
  return { algorithm, hex: hash.digest('hex') }
}
