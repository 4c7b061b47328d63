import type { StoreCall } from './worker-protocol.ts'

export interface PendingCall {
  readonly id: number
  readonly call: StoreCall
}

const WRITES: ReadonlySet<StoreCall['method']> = new Set<StoreCall['method']>([
  'insertOne',
  'updateOne',
  'findOneAndUpdate',
  'deleteOne'
])

/** Keeps the wait of the first in a batch short where very many wait. */
const MOST = 32

/** Calls in their order: writes in a row together, everything else alone. */
export function* batches(calls: Iterable<PendingCall>): Generator<PendingCall[]> {
  let writes: PendingCall[] = []
  for (const pending of calls) {
    const isWrite = WRITES.has(pending.call.method)
    if (writes.length === MOST || (writes.length > 0 && !isWrite)) {
      yield writes
      writes = []
    }
    if (isWrite) writes.push(pending)
    else yield [pending]
  }
  if (writes.length > 0) yield writes
}
