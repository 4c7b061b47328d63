import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** Bytes hashed in one go: a few milliseconds, so that a window stays smooth beside it. */
export const DIGEST_CHUNK = 1 << 20

/** SHA-256 of a file in lower-case hex. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: DIGEST_CHUNK })
  for await (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}
