import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { storeWorkerOf } from '../start-store-worker.ts'
import { StoreThread } from './store-thread.ts'

const OPEN = { method: 'open' } as const

describe('the thread of the store', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-thread-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  /** A worker that answers every call with the number of threads there have been, after what `before` does. */
  async function thread(before: string): Promise<StoreThread> {
    const entry = join(folder, 'worker.mjs')
    const source = `
      import { appendFileSync, readFileSync } from 'node:fs'
      import { parentPort } from 'node:worker_threads'
      appendFileSync(${JSON.stringify(join(folder, 'starts'))}, 'x')
      const starts = readFileSync(${JSON.stringify(join(folder, 'starts'))}, 'utf8').length
      parentPort.on('message', ({ id }) => {
        if (id === undefined) return
        ${before}
        parentPort.postMessage({ id, result: starts })
      })`
    await writeFile(entry, source)
    return new StoreThread(() => new Worker(pathToFileURL(entry)), 'unused')
  }

  it.each([
    ['ends', 'if (starts === 1) process.exit(3)'],
    ['fails', `if (starts === 1) throw new Error('broken')`]
  ])('that %s fails its calls, and the next call starts another', async (_, before) => {
    const store = await thread(before)
    const calls = [store.call(OPEN, z.number()), store.call(OPEN, z.number())]
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'store-unavailable' })
    expect(await store.call(OPEN, z.number())).toBe(2)
    expect(await store.call(OPEN, z.number())).toBe(2)
    await store.close()
  })

  it('answers what it cannot take, and goes on', async () => {
    const store = new StoreThread(storeWorkerOf(new URL('../../cli.ts', import.meta.url).href), join(folder, 'x.db'))
    const call = { method: 'insertOne', collection: 'things' } as const
    await expect(store.call({ ...call, document: { _id: 'a', f: () => 1 } }, z.null())).rejects.toThrow(/clone/)
    const find = { method: 'find', collection: 'things', filter: {} } as const
    const badly = { ...find, selection: { order: [], limit: 0, fields: null } }
    await expect(store.call(badly, z.null())).rejects.toMatchObject({ code: 'internal' })
    expect(await store.call({ ...call, document: { _id: 'a' } }, z.undefined())).toBeUndefined()
    await Promise.all([store.close(), store.close()])
  })

  it('whose file is not there is unavailable', async () => {
    const nothing = pathToFileURL(join(folder, 'nothing.mjs'))
    const store = new StoreThread(() => new Worker(nothing), 'unused')
    await expect(store.call(OPEN, z.null())).rejects.toMatchObject({ code: 'store-unavailable' })
    await store.close()
  })
})
