import type { BulkResult } from '../../contract/studio/shapes.ts'
import { serializeError } from '../../domain/errors.ts'

/** Does each in turn; one that cannot be done stops no other. A raised signal leaves the rest undone. */
export async function eachOf(
  ids: readonly string[],
  work: (id: string) => Promise<unknown>,
  signal?: AbortSignal
): Promise<BulkResult> {
  const result: BulkResult = { done: [], refused: [] }
  for (const id of new Set(ids)) {
    signal?.throwIfAborted()
    try {
      await work(id)
      result.done.push(id)
    } catch (thrown) {
      result.refused.push({ id, error: serializeError(thrown) })
    }
  }
  return result
}
