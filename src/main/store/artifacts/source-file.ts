import { sourceError } from './artifact-errors.ts'
import { fileChunks } from './file-chunks.ts'

/** A file's bytes, as `fileChunks` gives them. @throws StudioError `file-missing`, `file-unreadable`. */
export async function* sourceChunks(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* fileChunks(path)
  } catch (thrown) {
    throw sourceError(path, thrown)
  }
}
