/**
 * The embedded store against the figures it must hold:
 * - durable transitions per second beside bare durable SQLite commits of the same document, taken in turns;
 * - the time from opening a store with 10,000 jobs to its first page and counts, beside one with 100: of the store
 *   alone, and of the command line from the start of its process to its end, both as they are built;
 * - the time of a page of 50 summaries out of 100 and out of 10,000 jobs, at the top and deep down;
 * - the work of the main thread for one page, and how late its event loop was while all that went on, which other
 *   programs on the machine make later.
 * Jobs have three judged attempts, about 25 kB each. Run it with `npm run bench -- store`.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Sqlite from 'libsql'
import type { Job } from '../src/domain/job.ts'
import { artifactsOf } from '../src/domain/job-artifacts.ts'
import { openDatabase } from '../src/main/store/database.ts'
import type { JobRepository } from '../src/main/store/job-repository.ts'
import { createJobRepository } from '../src/main/store/repository/create-job-repository.ts'
import { storeWorkerOf } from '../src/main/store/start-store-worker.ts'
import { openFromSource } from '../src/main/store/test-database.fixture.ts'
import { artifactNamed, attempt, deliverable, newJob } from '../src/main/store/test-job.fixture.ts'

const FEW = 100
const MANY = 10_000
const PAGE = 50
const ROUNDS = 5
const COMMITS = 200
/** What `npm run build` has made. */
const BUILT = new URL('../out/main/', import.meta.url)
/** One frame at 60 Hz. */
const FRAME_MS = 1000 / 60

const folder = await mkdtemp(join(tmpdir(), 'apex-bench-'))
try {
  await commits()
  const few = await stored(FEW)
  const many = await stored(MANY)
  await ready(few, many)
  const idle = await heldUp(() => new Promise((resolve) => setTimeout(resolve, 2_000)))
  const busy = await heldUp(() => pages(few, many))
  console.log(`main thread held up     ${busy} for pages, ${idle} when idle`)
} finally {
  await rm(folder, { recursive: true })
}

/** How late the event loop of this thread was while the work went on. */
async function heldUp(work: () => Promise<unknown>): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await work()
  delay.disable()
  return `${(delay.percentile(99) / 1e6).toFixed(1)} ms (p99), ${(delay.max / 1e6).toFixed(1)} ms (most)`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function claimed(repository: JobRepository): Promise<Job> {
  await repository.create(newJob())
  const job = await repository.claim({ owner: 'bench', bootId: 'bench' })
  if (!job) throw new Error('There was nothing to claim.')
  return repository.transition(job, { attempts: [1, 2, 3].map((number) => attempt(number, 0.4)) })
}

function bareCommits(path: string, document: string): number {
  const database = new Sqlite(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('CREATE TABLE documents (id TEXT PRIMARY KEY, document TEXT)')
  const put = database.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?)')
  const began = performance.now()
  for (let index = 0; index < COMMITS; index += 1) put.run(['one', document])
  const seconds = (performance.now() - began) / 1000
  database.close()
  return COMMITS / seconds
}

async function commits(): Promise<void> {
  const database = await openFromSource({ folder: join(folder, 'commits') })
  const repository = await createJobRepository(database)
  let job = await claimed(repository)
  const rounds: { bare: number; transitions: number }[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bare = bareCommits(join(folder, `bare-${round}.db`), JSON.stringify(job))
    const ms = await timed(async () => {
      for (let index = 0; index < COMMITS; index += 1) {
        job = await repository.transition(job, { timings: { generate: index } })
      }
    })
    // The first round only warms up.
    if (round > 0) rounds.push({ bare, transitions: COMMITS / (ms / 1000) })
  }
  await database.close()
  console.log(`document                ${(JSON.stringify(job).length / 1000).toFixed(0)} kB`)
  console.log(`bare durable commits    ${median(rounds.map(({ bare }) => bare)).toFixed(0)} per second`)
  console.log(`durable transitions     ${median(rounds.map(({ transitions }) => transitions)).toFixed(0)} per second`)
  console.log(`ratio                   ${median(rounds.map(({ bare, transitions }) => transitions / bare)).toFixed(2)}`)
}

/** A store of so many ended jobs; its folder. */
async function stored(count: number): Promise<string> {
  const place = { folder: join(folder, `of-${count}`) }
  const database = await openFromSource(place)
  const repository = await createJobRepository(database)
  const template = await claimed(repository)
  const jobs = database.collection<Job>('jobs')
  for (let made = 1; made < count; made += 1) {
    const at = new Date(template.createdAt.getTime() - made * 60_000)
    const attempts = template.attempts.map((each) => {
      const artifact = artifactNamed(`${made} ${each.number}`)
      return { ...each, picture: each.picture && { ...each.picture, artifact } }
    })
    const best = deliverable(2, 0.4)
    const job: Job = { ...template, _id: `bench-${made}`, createdAt: at, updatedAt: at, attempts, best, lease: null }
    await jobs.insertOne({ ...job, status: made % 2 ? 'failed' : 'completed', artifacts: artifactsOf(job) })
  }
  await database.close()
  return place.folder
}

async function openAndRead(place: string): Promise<void> {
  const database = await openDatabase({ folder: place, worker: storeWorkerOf(new URL('cli.js', BUILT).href) })
  const repository = await createJobRepository(database)
  await Promise.all([repository.list({ limit: PAGE }), repository.counts(), repository.leases()])
  await database.close()
}

async function listByCommand(place: string): Promise<void> {
  const command = [fileURLToPath(new URL('cli.js', BUILT)), 'jobs', 'list', '--json', '--limit', String(PAGE)]
  const env = { ...process.env, APEX_DATA_FOLDER: place }
  await promisify(execFile)(process.execPath, command, { env, maxBuffer: 1 << 24 })
}

async function ready(few: string, many: string): Promise<void> {
  const waysToStart = [
    ['store, open to page', openAndRead],
    ['jobs list, process', listByCommand]
  ] as const
  for (const [name, start] of waysToStart) {
    const rounds: { few: number; many: number }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ few: await timed(() => start(few)), many: await timed(() => start(many)) })
    }
    tell(name, rounds)
  }
}

async function pages(few: string, many: string): Promise<void> {
  const [small, large] = [await openFromSource({ folder: few }), await openFromSource({ folder: many })]
  const [fewJobs, manyJobs] = [await createJobRepository(small), await createJobRepository(large)]
  const read = (jobs: JobRepository, more: object) => timed(() => jobs.list({ limit: PAGE, ...more }))
  let deep = (await manyJobs.list({ limit: 200 })).next
  for (let page = 0; page < 20 && deep !== null; page += 1) {
    deep = (await manyJobs.list({ limit: 200, cursor: deep })).next
  }
  const questions: readonly (readonly [string, object, object])[] = [
    ['page, newest', {}, {}],
    ['page, far down', {}, { cursor: deep }],
    ['page of one status', { status: ['completed'] }, { status: ['completed'] }]
  ]
  for (const [name, ofFew, ofMany] of questions) {
    const rounds: { few: number; many: number }[] = []
    for (let round = 0; round < ROUNDS * 3; round += 1) {
      rounds.push({ few: await read(fewJobs, ofFew), many: await read(manyJobs, ofMany) })
    }
    tell(name, rounds)
  }
  const work: number[] = []
  for (let round = 0; round < ROUNDS * 3; round += 1) {
    const before = performance.eventLoopUtilization()
    await read(manyJobs, {})
    work.push(performance.eventLoopUtilization(before).active)
  }
  const [middle, least] = [median(work), Math.min(...work)].map((ms) => ms.toFixed(1))
  console.log(`main thread for a page  ${middle} ms, ${least} ms at best; a frame is ${FRAME_MS.toFixed(1)} ms`)
  await Promise.all([small.close(), large.close()])
}

function tell(name: string, rounds: readonly { few: number; many: number }[]): void {
  const few = median(rounds.map((round) => round.few)).toFixed(1)
  const many = median(rounds.map((round) => round.many)).toFixed(1)
  const ratio = median(rounds.map((round) => round.many / round.few)).toFixed(2)
  console.log(`${name.padEnd(24)}${few} ms of ${FEW} jobs, ${many} ms of ${MANY}, ratio ${ratio}`)
}
