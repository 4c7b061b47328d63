import { describe, expect, it } from 'vitest'
import { batches } from './call-batches.ts'
import type { StoreCall } from './worker-protocol.ts'

const write: StoreCall = { method: 'deleteOne', collection: 'jobs', filter: {} }
const read: StoreCall = { method: 'countDocuments', collection: 'jobs', filter: {} }

function idsOf(calls: readonly StoreCall[]): number[][] {
  const messages = calls.map((call, id) => ({ id, call }))
  return [...batches(messages)].map((batch) => batch.map(({ id }) => id))
}

describe('calls that wait', () => {
  it('go together where they are writes in a row, and keep their order', () => {
    expect(idsOf([write, write, read, read, write, { method: 'close' }])).toEqual([[0, 1], [2], [3], [4], [5]])
    expect(idsOf([])).toEqual([])
  })

  it('go together up to a number', () => {
    expect(idsOf(Array.from({ length: 70 }, () => write)).map((ids) => ids.length)).toEqual([32, 32, 6])
  })
})
