import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
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
        ${before}
        parentPort.postMessage({ id, result: starts })
      })`
    await writeFile(entry, source)
    return new StoreThread(pathToFileURL(entry), 'unused')
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

  it('whose file is not there is unavailable', async () => {
    const store = new StoreThread(pathToFileURL(join(folder, 'nothing.mjs')), 'unused')
    await expect(store.call(OPEN, z.null())).rejects.toMatchObject({ code: 'store-unavailable' })
    await store.close()
  })
})
