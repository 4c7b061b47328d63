import { createHash } from 'node:crypto'
import { fileChunks } from './file-chunks.ts'

/** SHA-256 of a file in lower-case hex. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of fileChunks(path)) hash.update(chunk)
  return hash.digest('hex')
}
