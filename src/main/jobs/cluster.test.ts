import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attemptSeed, type Job } from '../../domain/job.ts'
import { fileDigest } from '../store/artifacts/file-digest.ts'
import { sweep } from '../store/artifacts/sweep.ts'
import { ending, runFixture } from '../store/child-process.fixture.ts'
import { databaseAt, dropDatabase, mongoPlacesOfFile } from '../testing/mongo-server/mongo-places.fixture.ts'
import { readPng } from './plain-png.fixture.ts'
import { newTestJob, openTestStore } from './test-studio.fixture.ts'

const places = await mongoPlacesOfFile()

const WORKER = new URL('./cluster-worker.fixture.ts', import.meta.url)
const WORKERS = 4
const CONCURRENCY = 2
const CALL_MS = 40
/** With APEX_LONG_TESTS as many as were asked for once, else what takes less than a minute. */
const JOBS = process.env.APEX_LONG_TESTS ? 200 : 100
const KILL_EVERY_MS = 2_500

describe.skipIf(places.length === 0).each(places)('many workers on $name', (place) => {
  let folder: string
  let uri: string
  let workers: Map<string, ChildProcess>

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-cluster-'))
    uri = databaseAt(place.uri)
    workers = new Map()
  })
  afterEach(async () => {
    await Promise.all([...workers.keys()].map((name) => end(name, 'SIGKILL')))
    await dropDatabase(uri)
    await rm(folder, { recursive: true, force: true })
  })

  /** Each with a data folder of its own, as on another machine: nobody can know that its process has ended. */
  async function start(name: string): Promise<void> {
    const own = join(folder, name)
    await mkdir(own, { recursive: true })
    const child = runFixture(WORKER, [own, uri, `${CALL_MS}`, `${CONCURRENCY}`])
    workers.set(name, child)
    await once(child.stdout, 'data')
  }

  async function end(name: string, signal: NodeJS.Signals): Promise<unknown> {
    const child = workers.get(name)
    workers.delete(name)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = ending(child)
    child.kill(signal)
    return await ended
  }

  const logged = async (name: string) =>
    (await readFile(join(folder, name, 'worker.log'), 'utf8').catch(() => '')).split('\n')

  it('of which one after the other is killed end every job once, with every picture right', async () => {
    const store = await openTestStore({ folder: join(folder, 'submitter'), uri })
    const { repository, artifacts } = store
    await mkdir(join(folder, 'submitter'), { recursive: true })
    const template = await newTestJob(join(folder, 'submitter'), artifacts)
    for (let index = 0; index < JOBS; index += 1) await repository.create({ ...template, seed: 10 * index + 1 })
    const names = Array.from({ length: WORKERS }, (_, index) => `worker-${index}`)
    await Promise.all(names.map(start))

    let random = 20_261_126
    let kills = 0
    for (;;) {
      await sleep(KILL_EVERY_MS)
      const { pending, processing } = await repository.counts()
      if (pending + processing === 0) break
      // Park and Miller's minimal standard generator.
      random = (random * 48_271) % 0x7fffffff
      const name = names[random % WORKERS] ?? ''
      expect(await end(name, 'SIGKILL')).toBe('SIGKILL')
      kills += 1
      await start(name)
    }
    expect(kills).toBeGreaterThan(1)
    const stopped = await Promise.all(names.map((name) => end(name, 'SIGTERM')))
    expect(stopped).toEqual(names.map(() => 0))

    const jobs: Job[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await repository.list({ limit: 200, cursor })
      for (const { _id } of page.items) jobs.push((await repository.get(_id)) ?? raise(_id))
      cursor = page.next ?? undefined
      if (cursor === undefined) break
    }
    expect(jobs).toHaveLength(JOBS)
    for (const job of jobs) {
      expect(job).toMatchObject({ status: 'completed', lease: null, error: null, setbacks: [], final: { attempt: 2 } })
      expect(job.attempts.map(({ seed }) => seed)).toEqual([job.seed, attemptSeed(job.seed, 2)])
      const made = [...job.attempts.map(({ picture }) => picture), job.final?.picture]
      const pixels = made.map(async (picture) => readPng(await artifacts.localPath(picture?.artifact ?? '')))
      expect((await Promise.all(pixels)).map(([round, seed]) => [round, seed])).toEqual([
        [1, job.seed % 256],
        [2, attemptSeed(job.seed, 2) % 256],
        [102, attemptSeed(job.seed, 2) % 256]
      ])
      for (const id of job.artifacts) expect(await fileDigest(await artifacts.localPath(id))).toBe(id)
    }
    expect((await sweep({ artifacts, repository }, { graceMs: 0 })).dangling).toEqual([])

    const lines = (await Promise.all(names.map(logged))).flat()
    const ends = lines.filter((line) => line.startsWith('end '))
    expect(ends).toHaveLength(new Set(ends).size)
    const begun = lines.filter((line) => line.startsWith('generate '))
    expect(new Set(begun).size).toBe(2 * JOBS)
    // Made twice is only what was interrupted.
    expect(begun.length - 2 * JOBS).toBeLessThanOrEqual(kills * CONCURRENCY)
    const done = await Promise.all(
      names.map(async (name) => (await logged(name)).filter((line) => line.startsWith('end ')))
    )
    // Nobody stood idle while others worked.
    for (const each of done) expect(each.length).toBeGreaterThan(0)
    await store.close()
  }, 300_000)
})

function raise(id: string): never {
  throw new Error(`The job ${id} is gone.`)
}
