import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import type { ArtifactStore } from './artifact-store.ts'

export interface TestArtifacts {
  readonly store: ArtifactStore
  dispose(): Promise<void>
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const NOTHING = hashOf(Buffer.from('never stored'))

/** What every artifact store must do. `make` gives an empty one. */
export function artifactStoreContract(make: () => Promise<TestArtifacts>): void {
  let made: TestArtifacts
  let store: ArtifactStore
  let folder: string
  beforeAll(async () => {
    made = await make()
    store = made.store
    folder = await mkdtemp(join(tmpdir(), 'apex-photos-'))
  })
  afterAll(async () => {
    await made.dispose()
    await rm(folder, { recursive: true })
  })

  async function fileOf(bytes: Uint8Array): Promise<string> {
    const path = join(folder, 'photo.bin')
    await writeFile(path, bytes)
    return path
  }
  const read = async (id: string, range?: { start: number; end: number }) => buffer(await store.open(id, range))
  async function listed(): Promise<Map<string, number>> {
    const all = new Map<string, number>()
    for await (const { id, bytes } of store.list()) all.set(id, bytes)
    return all
  }

  it('names what it is given by its hash and gives it back', async () => {
    const bytes = randomBytes(3_000_001)
    const stored = await store.putFile(await fileOf(bytes))
    expect(stored).toMatchObject({ id: hashOf(bytes), bytes: bytes.length })
    expect((await read(stored.id)).equals(bytes)).toBe(true)
    expect((await readFile(await store.localPath(stored.id))).equals(bytes)).toBe(true)
    expect((await store.useLocal(stored.id, (path) => readFile(path))).equals(bytes)).toBe(true)
    const failing = store.useLocal(stored.id, () => Promise.reject(new StudioError('image-damaged', 'No picture.')))
    await expect(failing).rejects.toMatchObject({ code: 'image-damaged' })
    expect(await store.stat(stored.id)).toMatchObject({ id: stored.id, bytes: bytes.length })
  })

  it('takes a stream piece by piece, and keeps nothing of one that fails', async () => {
    const bytes = randomBytes(400_000)
    async function* pieces(failsAt = Number.POSITIVE_INFINITY) {
      for (let at = 0; at < bytes.length; at += 65_536) {
        if (at >= failsAt) throw new StudioError('request-invalid', 'It ended early.')
        yield bytes.subarray(at, at + 65_536)
      }
    }
    expect(await store.put(pieces())).toMatchObject({ id: hashOf(bytes), bytes: bytes.length })
    const before = await listed()
    await expect(store.put(pieces(200_000))).rejects.toMatchObject({ code: 'request-invalid' })
    await expect(store.put(pieces(), AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    expect(await listed()).toEqual(before)
    expect(await store.removeLeftovers(new Date(Date.now() + 60_000))).toBe(0)
  })

  it('takes bytes as it takes files', async () => {
    const bytes = randomBytes(70_000)
    const fromBytes = await store.put(bytes)
    const fromFile = await store.putFile(await fileOf(bytes))
    expect(fromFile.id).toBe(fromBytes.id)
    expect(await store.put(new Uint8Array())).toMatchObject({ id: hashOf(new Uint8Array()), bytes: 0 })
  })

  it('takes a file over that its owner gives away', async () => {
    const bytes = randomBytes(2_000_003)
    const taken = await store.takeFile(await fileOf(bytes))
    expect(taken).toMatchObject({ id: hashOf(bytes), bytes: bytes.length })
    expect((await readFile(await store.localPath(taken.id))).equals(bytes)).toBe(true)
    const again = await store.takeFile(await fileOf(bytes))
    expect(again).toMatchObject({ id: taken.id, bytes: bytes.length })
    expect((await read(taken.id)).equals(bytes)).toBe(true)
    await expect(store.takeFile(join(folder, 'nowhere.jpg'))).rejects.toMatchObject({ code: 'file-missing' })
    await expect(store.takeFile(folder)).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('counts as put now what was made long ago', async () => {
    const path = await fileOf(randomBytes(10))
    await utimes(path, new Date(0), new Date(0))
    const before = Date.now()
    const { id, putAt } = await store.takeFile(path)
    expect(putAt.getTime()).toBeGreaterThanOrEqual(before)
    const stat = await store.stat(id)
    // File systems keep times in steps of their own.
    expect(stat?.putAt.getTime()).toBeGreaterThan(before - 2_000)
  })

  it('stores the same bytes once, also when they come together', async () => {
    const bytes = randomBytes(50_000)
    const before = (await listed()).size
    const puts = await Promise.all(Array.from({ length: 8 }, () => store.put(bytes)))
    expect(new Set(puts.map(({ id }) => id))).toEqual(new Set([hashOf(bytes)]))
    expect((await listed()).size).toBe(before + 1)
    expect((await read(hashOf(bytes))).equals(bytes)).toBe(true)
  })

  it('counts a second put as the last', async () => {
    const bytes = randomBytes(10)
    const first = await store.put(bytes)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const second = await store.put(bytes)
    expect(second.putAt.getTime()).toBeGreaterThan(first.putAt.getTime())
    const stat = await store.stat(first.id)
    expect(stat?.putAt.getTime()).toBeGreaterThan(first.putAt.getTime())
  })

  it('reads any range of bytes', async () => {
    const bytes = randomBytes(200_000)
    const { id } = await store.put(bytes)
    const range = fc
      .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: bytes.length - 1 }))
      .map(([one, two]) => ({ start: Math.min(one, two), end: Math.max(one, two) }))
    const property = fc.asyncProperty(range, async ({ start, end }) => {
      expect((await read(id, { start, end })).equals(bytes.subarray(start, end + 1))).toBe(true)
    })
    await fc.assert(property, { numRuns: 25 })
  })

  it.each([
    { start: 0, end: 10 },
    { start: 5, end: 4 },
    { start: -1, end: 3 },
    { start: 10, end: 10 }
  ])('refuses the range $start to $end of ten bytes', async (range) => {
    const { id } = await store.put(Buffer.from('0123456789'))
    await expect(store.open(id, range)).rejects.toMatchObject({ code: 'option-invalid' })
  })

  it('says what is missing', async () => {
    await expect(store.open(NOTHING)).rejects.toMatchObject({ code: 'artifact-missing' })
    await expect(store.localPath(NOTHING)).rejects.toMatchObject({ code: 'artifact-missing' })
    await expect(store.useLocal(NOTHING, (path) => readFile(path))).rejects.toMatchObject({ code: 'artifact-missing' })
    expect(await store.stat(NOTHING)).toBeNull()
    await expect(store.putFile(join(folder, 'nowhere.jpg'))).rejects.toMatchObject({ code: 'file-missing' })
    await expect(store.putFile(folder)).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it.each(['', '..', '../secret', 'A'.repeat(64), `${NOTHING}/..`])('takes %j for no artifact', async (id) => {
    await expect(store.open(id)).rejects.toMatchObject({ code: 'artifact-missing' })
    await expect(store.localPath(id)).rejects.toMatchObject({ code: 'artifact-missing' })
    expect(await store.stat(id)).toBeNull()
    await store.delete(id)
  })

  it('forgets what is deleted, and may be told twice', async () => {
    const { id } = await store.put(randomBytes(100))
    await store.delete(id)
    await store.delete(id)
    expect(await store.stat(id)).toBeNull()
    expect((await listed()).has(id)).toBe(false)
    await expect(store.localPath(id)).rejects.toMatchObject({ code: 'artifact-missing' })
  })

  describe.each(['putFile', 'takeFile'] as const)('a %s that is cancelled', (method) => {
    it('stores nothing and leaves nothing', async () => {
      const bytes = randomBytes(5_000_000)
      const path = await fileOf(bytes)
      const controller = new AbortController()
      const put = store[method](path, controller.signal)
      controller.abort()
      await expect(put).rejects.toMatchObject({ code: 'cancelled' })
      expect(await store.stat(hashOf(bytes))).toBeNull()
      expect(await store.removeLeftovers(new Date(Date.now() + 60_000))).toBe(0)
    })
  })
}
