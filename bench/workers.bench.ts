/**
 * Many jobs and many workers:
 * - the time of the newest page out of 100,000 jobs beside the same out of 100, in turns, over the embedded store and,
 *   where APEX_TEST_MONGO_URI names one, over a MongoDB server; wanted within 2 times;
 * - jobs that two and eight worker processes finish in the time of one, with engines that sleep, on one MongoDB server
 *   (that of APEX_TEST_MONGO_URI, else mongo-java-server); wanted 1.8 and 7 times.
 * Run it with `npm run bench -- workers`.
 */
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { newTestJob, openTestStore } from '../src/main/jobs/test-studio.fixture.ts'
import { ending, runFixture } from '../src/main/store/child-process.fixture.ts'
import type { JobRepository } from '../src/main/store/job-repository.ts'
import { createJobRepository } from '../src/main/store/repository/create-job-repository.ts'
import { openFromSource } from '../src/main/store/test-database.fixture.ts'
import { newJob } from '../src/main/store/test-job.fixture.ts'
import { startMongoServer } from '../src/main/testing/mongo-server/mongo-server.fixture.ts'

const FEW = 100
const MANY = 100_000
const PAGE = 50
const ROUNDS = 15
/** Jobs stored at once: the embedded store has them wait for the disk together. */
const BATCH = 500
/** So long that two cores have time for eight workers and the server beside them. */
const CALL_MS = 400
const JOBS = 16
const WORKER = new URL('../src/main/jobs/cluster-worker.fixture.ts', import.meta.url)

const OWN = process.env.APEX_TEST_MONGO_URI
const folder = await mkdtemp(join(tmpdir(), 'apex-bench-'))
try {
  await pages('embedded', undefined)
  if (OWN) await pages('MongoDB', OWN)
  else console.log('newest page, MongoDB     not measured: APEX_TEST_MONGO_URI names no server')
  await scaling()
} finally {
  await rm(folder, { recursive: true })
}

function databaseAt(server: string, name: string): string {
  const uri = new URL(server)
  uri.pathname = `/apex-bench-${process.pid}-${name}`
  return uri.href
}

async function pages(where: string, server: string | undefined): Promise<void> {
  const few = await stored(FEW, server)
  const many = await stored(MANY, server)
  const times: { few: number[]; many: number[] } = { few: [], many: [] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, { repository }] of [['few', few] as const, ['many', many] as const]) {
      const began = performance.now()
      const { items } = await repository.list({ limit: PAGE })
      if (items.length !== PAGE) throw new Error('The page is not full.')
      // The first round only warms up.
      if (round > 0) times[name].push(performance.now() - began)
    }
  }
  const [ofFew, ofMany] = [median(times.few), median(times.many)]
  console.log(
    `newest page, ${where}    ${ofMany.toFixed(2)} ms out of ${MANY}, ${ofFew.toFixed(2)} ms out of ${FEW}: ${(ofMany / ofFew).toFixed(2)} times, wanted 2`
  )
  await Promise.all([few.close(), many.close()])
}

async function stored(count: number, server: string | undefined) {
  const place = { folder: join(folder, `jobs-${count}`), uri: server && databaseAt(server, `jobs-${count}`) }
  const database = await openFromSource(place)
  const repository: JobRepository = await createJobRepository(database)
  for (let made = 0; made < count; made += BATCH) {
    const batch = Math.min(BATCH, count - made)
    await Promise.all(Array.from({ length: batch }, () => repository.create(newJob())))
  }
  return { repository, close: () => database.close() }
}

async function scaling(): Promise<void> {
  const server = OWN ? { uri: OWN, dispose: async () => undefined } : await startMongoServer()
  try {
    const one = await secondsWith(1, server.uri)
    for (const [workers, wanted] of [[2, 1.8] as const, [8, 7] as const]) {
      const seconds = await secondsWith(workers, server.uri)
      console.log(
        `${workers} workers                ${JOBS} jobs in ${seconds.toFixed(1)} s, one in ${one.toFixed(1)} s: ${(one / seconds).toFixed(2)} times, wanted ${wanted}`
      )
    }
  } finally {
    await server.dispose()
  }
}

async function secondsWith(workers: number, server: string): Promise<number> {
  const uri = databaseAt(server, `workers-${workers}`)
  const own = join(folder, `submitter-${workers}`)
  await mkdir(own, { recursive: true })
  const { repository, artifacts, close } = await openTestStore({ folder: own, uri })
  const template = await newTestJob(own, artifacts)
  const children = await Promise.all(
    Array.from({ length: workers }, async (_, index) => {
      const at = join(folder, `worker-${workers}-${index}`)
      await mkdir(at)
      const child = runFixture(WORKER, [at, uri, `${CALL_MS}`, '1'])
      await once(child.stdout, 'data')
      return child
    })
  )
  const began = performance.now()
  for (let index = 0; index < JOBS; index += 1) await repository.create({ ...template, seed: index })
  while ((await repository.counts({ status: ['completed'] })).completed < JOBS) await sleep(100)
  const seconds = (performance.now() - began) / 1000
  const ended = children.map(ending)
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(ended)
  await close()
  return seconds
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
