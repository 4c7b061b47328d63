import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attemptSeed, type Job } from '../../domain/job.ts'
import { ending, runFixture } from '../store/child-process.fixture.ts'
import { dropDatabase } from '../testing/mongo-server/mongo-places.fixture.ts'
import { readPng } from './plain-png.fixture.ts'
import { newTestJob, openTestStore } from './test-studio.fixture.ts'

const ATTEMPT = ['generate', 'measure', 'judge']
const ALL = [
  'inspect',
  'writeBrief',
  ...ATTEMPT,
  'tune',
  ...ATTEMPT,
  'prefer',
  'tune',
  ...ATTEMPT,
  'finish',
  'measure',
  'report'
]
const WORKER = new URL('./crash-worker.fixture.ts', import.meta.url)

/** What must be so whenever a worker's process is killed. `makeUri` names an empty database; undefined, it is embedded. */
export function crashContract(makeUri: () => string | undefined): void {
  /** Each picture is also put into the folder of this machine, where the database is elsewhere. */
  const copies = makeUri() === undefined ? 1 : 2
  let folder: string
  let uri: string | undefined
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apex-crash-'))
    uri = makeUri()
  })
  afterEach(async () => {
    if (uri !== undefined) await dropDatabase(uri)
    await rm(folder, { recursive: true, force: true })
  })

  function startWorker({ jobs = 1, faultPoint = '', callMs = 0 } = {}) {
    const child = runFixture(WORKER, [folder, `${jobs}`, `${callMs}`, uri ?? ''], { APEX_FAULT_POINT: faultPoint })
    return { child, started: once(child.stdout, 'data'), ended: ending(child) }
  }

  async function submit(count: number): Promise<void> {
    const { repository, artifacts, close } = await openTestStore({ folder, uri })
    for (let index = 0; index < count; index += 1) {
      await repository.create({ ...(await newTestJob(folder, artifacts)), seed: 1_000 * (index + 1) })
    }
    await close()
  }

  /** What each process did, in the order in which they were started. */
  async function callsOfProcesses(): Promise<string[][]> {
    const lines = (await readFile(join(folder, 'calls.log'), 'utf8').catch(() => '')).trim().split('\n')
    const calls = new Map<string, string[]>()
    for (const line of lines) {
      const [pid = '', ...call] = line.split(' ')
      calls.set(pid, [...(calls.get(pid) ?? []), call.join(' ')])
    }
    return [...calls.values()]
  }

  /** Everything that must be so in the end, whatever happened on the way. Resolves to the jobs. */
  async function expectNothingLostOrDoubled(count: number): Promise<Job[]> {
    const { repository, artifacts, close } = await openTestStore({ folder, uri })
    const { items } = await repository.list({ limit: 200 })
    const jobs = (await Promise.all(items.map(({ _id }) => repository.get(_id)))).filter((job) => job !== null)
    expect(jobs).toHaveLength(count)
    const pictures = new Set<string>()
    for (const job of jobs) {
      expect(job).toMatchObject({ status: 'completed', lease: null, error: null, best: null, final: { attempt: 3 } })
      expect(job.attempts.map(({ number, seed, judgement }) => [number, seed, judgement?.passed])).toEqual([
        [1, job.seed, false],
        [2, attemptSeed(job.seed, 2), false],
        [3, attemptSeed(job.seed, 3), true]
      ])
      const made = [...job.attempts.map(({ picture }) => picture), job.final?.picture]
      const pixels = made.map(async (picture) => readPng(await artifacts.localPath(picture?.artifact ?? '')))
      const seeds = job.attempts.map(({ seed }) => seed % 256)
      expect((await Promise.all(pixels)).map(([round, seed]) => [round, seed])).toEqual([
        [1, seeds[0]],
        [2, seeds[1]],
        [3, seeds[2]],
        [103, seeds[2]]
      ])
      for (const artifact of job.artifacts) pictures.add(artifact)
    }
    const stored: string[] = []
    for await (const { id } of artifacts.list()) {
      stored.push(id)
      const bytes = await readFile(await artifacts.localPath(id))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(id)
    }
    expect(stored.sort()).toEqual([...pictures].sort())
    // The photo is the same for all; each job has three attempts and a final of its own.
    expect(stored).toHaveLength(1 + 4 * count)
    const kept = uri === undefined ? 'artifacts' : 'artifact-cache'
    expect(await readdir(join(folder, kept, 'incoming'))).toEqual([])
    expect(await readdir(join(folder, 'scratch'))).toEqual([])
    await close()
    return jobs
  }

  const withoutSeeds = (calls: readonly string[] = []) => calls.filter((call) => !call.startsWith('seed'))

  describe('a process that is killed', () => {
    it.each([
      { faultPoint: 'after-claim', done: 0, resumesAt: 0 },
      { faultPoint: 'mid-step:5', done: 5, resumesAt: 3 },
      { faultPoint: 'mid-step:9', done: 10, resumesAt: 9 },
      { faultPoint: 'after-commit:9', done: 10, resumesAt: 10 },
      { faultPoint: `artifact-temp-written:${2 * copies}`, done: 7, resumesAt: 6 },
      { faultPoint: `artifact-renamed:${4 * copies}`, done: 15, resumesAt: 14 }
    ])('at $faultPoint goes on with the step it was in', async ({ faultPoint, done, resumesAt }) => {
      await submit(1)
      expect(await startWorker({ faultPoint }).ended).toBe('SIGKILL')
      expect(await startWorker().ended).toBe(0)
      const [job] = await expectNothingLostOrDoubled(1)
      expect(job?.claims).toBe(2)
      const processes = (await callsOfProcesses()).map(withoutSeeds)
      const [first, second] = done === 0 ? [[], processes[0]] : processes
      expect(first).toEqual(ALL.slice(0, done))
      expect(second).toEqual(ALL.slice(resumesAt))
    })

    it('at random moments, again and again, comes to the same end', async () => {
      const jobs = 4
      await submit(jobs)
      let random = 20_240_607
      for (let kill = 0; kill < 4; kill += 1) {
        // Park and Miller's minimal standard generator: the same moments in every run, as far as a clock can tell.
        random = (random * 48_271) % 0x7fffffff
        const { child, started, ended } = startWorker({ callMs: 15 })
        await started
        await sleep(50 + (random % 500))
        child.kill('SIGKILL')
        expect(['SIGKILL', 0]).toContain(await ended)
      }
      expect(await startWorker().ended).toBe(0)
      await expectNothingLostOrDoubled(jobs)
    }, 180_000)
  })

  describe('two processes on one store', () => {
    it('never work on the same job', async () => {
      const jobs = 10
      const workers = [startWorker({ jobs, callMs: 20 }), startWorker({ jobs, callMs: 20 })]
      await Promise.all(workers.map(({ started }) => started))
      await submit(jobs)
      expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0])
      const done = await expectNothingLostOrDoubled(jobs)
      expect(done.map(({ claims }) => claims)).toEqual(done.map(() => 1))
      const seeds = (await callsOfProcesses()).flat().filter((call) => call.startsWith('seed'))
      expect(new Set(seeds).size).toBe(seeds.length)
      expect(seeds).toHaveLength(3 * jobs)
    })
  })
}
