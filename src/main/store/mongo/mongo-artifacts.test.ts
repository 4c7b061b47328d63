import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { MongoClient, ObjectId } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseAt, dropDatabase, mongoPlacesOfFile } from '../../testing/mongo-server/mongo-places.fixture.ts'
import { artifactStoreContract } from '../artifact-store.contract.ts'
import { ending, runFixture } from '../child-process.fixture.ts'
import type { Store } from '../open-store.ts'
import { openMongoStore } from './mongo-store.ts'

const places = await mongoPlacesOfFile()
const LATER = () => new Date(Date.now() + 60_000)
const PROCESS = new URL('./putting-process.fixture.ts', import.meta.url)
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe.skipIf(places.length === 0).each(places)('artifacts over $name', (place) => {
  let uri: string
  let folder: string
  let opened: Store[]
  const open = async (cache: string, most = 1e9) => {
    const store = await openMongoStore(uri, join(folder, cache), { most, keptMs: 60_000 })
    opened.push(store)
    return store.artifacts
  }
  const begin = async () => {
    uri = databaseAt(place.uri)
    folder = await mkdtemp(join(tmpdir(), 'apex-grid-'))
    opened = []
  }
  const end = async () => {
    await Promise.all(opened.map((store) => store.close()))
    await dropDatabase(uri)
    await rm(folder, { recursive: true })
  }

  describe('as a store', () => {
    artifactStoreContract(async () => {
      await begin()
      return { store: await open('cache'), dispose: end }
    })
  })

  describe('on several machines', () => {
    beforeEach(begin)
    afterEach(end)

    it('are read on each, and erased on each', async () => {
      const [here, there] = [await open('here'), await open('there')]
      const bytes = randomBytes(3_000_000)
      const { id } = await here.put(bytes)
      const path = await there.localPath(id)
      expect(path.startsWith(join(folder, 'there'))).toBe(true)
      await here.delete(id)
      await expect(there.localPath(id)).rejects.toMatchObject({ code: 'artifact-missing' })
      expect(await copies('there')).toEqual([])
    })

    it('are stored once when put at the same time, with no byte left over', async () => {
      const [here, there] = [await open('here'), await open('there')]
      const bytes = randomBytes(2_500_000)
      await Promise.all([here.put(bytes), there.put(bytes), here.put(bytes), there.put(bytes)])
      expect(await counts()).toEqual({ files: 1, chunks: 3 })
    })

    it('are fetched again where the copy was changed', async () => {
      const store = await open('here')
      const bytes = randomBytes(100_000)
      const { id } = await store.put(bytes)
      const path = await store.localPath(id)
      await writeFile(path, 'another picture')
      expect(await store.localPath(id)).toBe(path)
      expect(hashOf(await readFile(path))).toBe(id)
    })

    it('that are damaged in the database are never handed on, and healed by the next put', async () => {
      const [here, there] = [await open('here'), await open('there')]
      const bytes = randomBytes(2_500_000)
      const { id } = await here.put(bytes)
      await inDatabase((db) =>
        db.collection('artifacts.chunks').updateOne({ n: 1 }, { $set: { data: Buffer.alloc(1 << 20) } })
      )
      await expect(there.localPath(id)).rejects.toMatchObject({ code: 'artifact-damaged' })
      await expect(there.open(id)).rejects.toMatchObject({ code: 'artifact-damaged' })
      await inDatabase((db) => db.collection('artifacts.chunks').deleteOne({ n: 1 }))
      await expect(there.localPath(id)).rejects.toMatchObject({ code: 'artifact-damaged' })
      await there.put(bytes)
      expect(hashOf(await readFile(await (await open('third')).localPath(id)))).toBe(id)
    })

    it('leave the cache again, the longest unused first, but never while in use', async () => {
      const store = await open('here', 1_000_000)
      const first = await store.put(randomBytes(400_000))
      const second = await store.put(randomBytes(400_000))
      const old = new Date(Date.now() - 3_600_000)
      await utimes(await store.localPath(first.id), old, old)
      await store.put(randomBytes(400_000))
      expect(await copies('here')).not.toContain(first.id)
      expect(await copies('here')).toContain(second.id)
      expect(hashOf(await readFile(await store.localPath(first.id)))).toBe(first.id)
    })
  })

  describe('that are cut off by the end of their process', () => {
    beforeEach(begin)
    afterEach(end)
    const bytes = randomBytes(2_500_000)
    const id = hashOf(bytes)

    async function put(faultPoint = '') {
      const photo = join(folder, 'photo.jpg')
      await writeFile(photo, bytes)
      const child = runFixture(PROCESS, [uri, join(folder, 'cache'), photo], { APEX_FAULT_POINT: faultPoint })
      const [status, said] = await Promise.all([ending(child), text(child.stdout)])
      return { status, said: said.trim() }
    }

    // Each point is passed twice: for the copy on this machine, and for the database.
    it.each(['artifact-temp-written', 'artifact-renamed', 'artifact-temp-written:2'])(
      'at %s leave nothing that can be read, and are put again',
      async (faultPoint) => {
        expect(await put(faultPoint)).toEqual({ status: 'SIGKILL', said: '' })
        const store = await open('cache')
        expect(await store.stat(id)).toBeNull()
        expect(await put()).toEqual({ status: 0, said: id })
        expect(hashOf(await readFile(await (await open('other')).localPath(id)))).toBe(id)
      }
    )

    it('after they are whole are whole', async () => {
      expect(await put('artifact-renamed:2')).toEqual({ status: 'SIGKILL', said: '' })
      expect(hashOf(await readFile(await (await open('other')).localPath(id)))).toBe(id)
      expect(await put()).toEqual({ status: 0, said: id })
      expect(await counts()).toEqual({ files: 1, chunks: 3 })
    })

    it('in between leave parts, which go', async () => {
      const store = await open('cache')
      await inDatabase(async (db) => {
        await db.collection('artifacts.chunks').insertOne({ files_id: new ObjectId(), n: 0, data: Buffer.from('half') })
      })
      const { id: whole } = await store.put(bytes)
      expect(await store.removeLeftovers(new Date(0))).toBe(0)
      expect(await store.removeLeftovers(LATER())).toBe(1)
      expect(await counts()).toEqual({ files: 1, chunks: 3 })
      expect(await store.stat(whole)).not.toBeNull()
    })
  })

  async function copies(cache: string): Promise<string[]> {
    const found = await readdir(join(folder, cache), { recursive: true, withFileTypes: true })
    return found.filter((entry) => entry.isFile()).map(({ name }) => name)
  }

  async function inDatabase<T>(work: (db: ReturnType<MongoClient['db']>) => Promise<T>): Promise<T> {
    const client = new MongoClient(uri)
    try {
      return await work(client.db())
    } finally {
      await client.close()
    }
  }

  const counts = () =>
    inDatabase(async (db) => ({
      files: await db.collection('artifacts.files').countDocuments(),
      chunks: await db.collection('artifacts.chunks').countDocuments()
    }))
})
