import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../../domain/job.ts'
import { runCli } from '../../cli/program.ts'
import { Terminal } from '../../cli/terminal.ts'
import { databaseAt, dropDatabase, mongoPlacesOfFile } from '../../testing/mongo-server/mongo-places.fixture.ts'
import { processesFromSources } from '../../testing/real-studio.fixture.ts'
import { ending, runFixture } from '../child-process.fixture.ts'
import { createLibrary } from '../library/create-library.ts'
import { openStore, type Store } from '../open-store.ts'
import { createJobRepository } from '../repository/create-job-repository.ts'
import { storeWorkerOf } from '../start-store-worker.ts'
import { attempt, newJob } from '../test-job.fixture.ts'

const places = await mongoPlacesOfFile()
const worker = storeWorkerOf(new URL('../../cli.ts', import.meta.url).href)
const COMMAND = new URL('../../http/serving-process.fixture.ts', import.meta.url)
const JOBS = 45
const WORKER = { owner: 'elsewhere', bootId: '1-a' }

describe.skipIf(places.length === 0).each(places)('a store moved to $name', (place) => {
  let root: string
  let uri: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'apex-move-'))
    uri = databaseAt(place.uri)
  })
  afterEach(async () => {
    await dropDatabase(uri)
    await rm(root, { recursive: true })
  })

  const folderOf = (name: string) => join(root, name)
  const opened = async <T>(name: string, to: string | undefined, work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({ uri: to, folder: folderOf(name), worker })
    return await work(store).finally(() => store.close())
  }

  async function migrate(data: string, ...args: string[]) {
    const [out, err] = [new PassThrough(), new PassThrough()]
    const exitCode = await runCli(['--data', folderOf(data), 'jobs', 'migrate', ...args], {
      openStudio: () => Promise.reject(new Error('It needs no studio.')),
      storeWorker: worker,
      processes: processesFromSources(),
      version: '0.0.0',
      programFolder: root,
      variables: {},
      signal: new AbortController().signal,
      terminal: new Terminal(out, err)
    })
    out.end()
    err.end()
    return { exitCode, out: await text(out), err: await text(err) }
  }

  /** Jobs in every state, people, photos and pictures. */
  async function fill(name: string): Promise<void> {
    await opened(name, undefined, async ({ database, artifacts }) => {
      const repository = await createJobRepository(database)
      const library = await createLibrary(database)
      const subject = await library.createSubject('Åsa')
      for (let index = 0; index < JOBS; index += 1) {
        const { id: artifact } = await artifacts.put(randomBytes(20_000 + index))
        const reference = { artifact, name: `photo ${index}.jpg`, bytes: 20_000, face: null, inspection: null }
        await repository.create(newJob({ subjectId: subject._id, references: [reference], seed: index }))
      }
      const held = await repository.claim(WORKER)
      if (held) await repository.transition(held, { status: 'failed', attempts: [attempt(1, 0.25)] })
      const { items } = await repository.list({ limit: 3 })
      await repository.cancel(items[0]?._id ?? '')
      await repository.remove(items[1]?._id ?? '')
    })
  }

  /** Everything that is in a store. */
  const contents = (name: string, to?: string) =>
    opened(name, to, async ({ database, artifacts }) => {
      const documents = new Map<string, unknown>()
      for (const collection of await database.collections()) {
        for (const row of await database.collection(collection).find({}).toArray())
          documents.set(`${collection} ${row._id}`, row)
      }
      const pictures: string[] = []
      for await (const { id } of artifacts.list()) {
        await artifacts.localPath(id)
        pictures.push(id)
      }
      return { documents, pictures: pictures.sort() }
    })

  it('is there whole, and comes back whole', async () => {
    await fill('here')
    const before = await contents('here')
    expect(before.pictures).toHaveLength(JOBS)
    const there = await migrate('here', '--to', uri)
    expect(there).toMatchObject({ exitCode: 0 })
    expect(there.out).toContain(`${JOBS} pictures are there`)
    expect(await contents('elsewhere', uri)).toEqual(before)
    expect(await migrate('back', '--from', uri)).toMatchObject({ exitCode: 0 })
    expect(await contents('back')).toEqual(before)
    expect((await readdir(folderOf('here'))).filter((name) => name.startsWith('migrating'))).toEqual([])
  })

  it('again copies only what has changed, and leaves what has gone on there', async () => {
    await fill('here')
    await migrate('here', '--to', uri)
    const [first, second] = await opened('here', undefined, async ({ database }) => {
      const repository = await createJobRepository(database)
      const { items } = await repository.list({ status: ['pending'], limit: 2 })
      await repository.setPriority(items[0]?._id ?? '', 7)
      return items.map(({ _id }) => _id)
    })
    const gone = await opened('elsewhere', uri, async ({ database }) => {
      const repository = await createJobRepository(database)
      return await repository.setPriority(second ?? '', 3)
    })
    const again = await migrate('here', '--to', uri)
    expect(again.out).toContain('1 and 0 of them were copied now')
    expect(again.err).toContain('1 have gone on there')
    const { documents } = await contents('elsewhere', uri)
    expect(documents.get(`jobs ${first}`)).toMatchObject({ priority: 7 })
    expect(documents.get(`jobs ${second}`)).toEqual(gone satisfies Job)
  })

  it('goes on when it was killed in between', async () => {
    await fill('here')
    const before = await contents('here')
    // From before its first document to after its last, as fast as the machine may be.
    for (const after of [500, 700, 900, 1_200, 1_600, 2_200]) {
      const child = runFixture(COMMAND, ['--data', folderOf('here'), 'jobs', 'migrate', '--to', uri])
      const ended = ending(child)
      await sleep(after)
      child.kill('SIGKILL')
      await ended
    }
    expect(await migrate('here', '--to', uri)).toMatchObject({ exitCode: 0 })
    expect(await contents('elsewhere', uri)).toEqual(before)
  })

  it('says what is damaged where it comes from, and copies the rest', async () => {
    await fill('here')
    const [id = ''] = (await contents('here')).pictures
    await writeFile(join(folderOf('here'), 'artifacts', id.slice(0, 2), id), 'not the picture')
    const moved = await migrate('here', '--to', uri)
    expect(moved.exitCode).toBe(1)
    expect(moved.err).toContain(id)
    expect((await contents('elsewhere', uri)).pictures).toHaveLength(JOBS - 1)
  })

  it('is refused while somebody works on its jobs, or where it says not where to', async () => {
    await fill('here')
    await opened('here', undefined, async ({ database }) => (await createJobRepository(database)).claim(WORKER))
    const refused = await migrate('here', '--to', uri)
    expect(refused).toMatchObject({ exitCode: 2 })
    expect(refused.err).toContain('job-state')
    expect(await migrate('here')).toMatchObject({ exitCode: 2 })
    expect(await migrate('here', '--to', 'http://somewhere')).toMatchObject({ exitCode: 2 })
  })
})
