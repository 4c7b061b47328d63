import { createReadStream } from 'node:fs'
import { sourceError } from './artifact-errors.ts'
import { DIGEST_CHUNK } from './file-digest.ts'

/** A file's bytes. @throws StudioError `file-missing`, `file-unreadable`. */
export async function* sourceChunks(path: string): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: DIGEST_CHUNK })
  try {
    yield* chunks
  } catch (thrown) {
    throw sourceError(path, thrown)
  }
}
