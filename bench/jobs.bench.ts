/**
 * What the job manager costs: jobs of three attempts each with engines that take no time, over the real store and the
 * real artifacts, every transition durable. In turn with it, bare durable SQLite commits of a document of the same
 * size, one after the other: what the disk gives just now, and as fast as a store that waits for it could be. Where
 * other programs use the machine too, the CPU time of a job and the ratio tell more than jobs per second do.
 * Run it with `npm run bench -- jobs`.
 */
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import Database from 'libsql'
import type { JobManager } from '../src/main/jobs/job-manager.ts'
import { openTestStudio } from '../src/main/jobs/test-studio.fixture.ts'
import type { NewJob } from '../src/main/store/job-repository.ts'
import { instantEngines } from './instant-engines.ts'

const ROUNDS = 5
const JOBS = 100
const BARE_COMMITS = 500
const SETTINGS = { concurrency: 8, leaseMs: 15_000, pollMs: 1_000 }
const WANTED = 60

const studio = await openTestStudio()
try {
  const manager = studio.manager(instantEngines(), SETTINGS)
  await manager.start()
  const template = await studio.newJob()
  const rounds: (Worked & { bare: number })[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const worked = await workOff(manager, template)
    const bare = bareCommitsPerSecond(join(studio.folder, `bare-${round}.db`), worked.document)
    // The first round only warms up.
    if (round > 0) rounds.push({ ...worked, bare })
  }
  const of = (figure: (round: Worked & { bare: number }) => number) => median(rounds.map(figure))
  const best = Math.max(...rounds.map(({ jobs }) => jobs))
  console.log(
    `jobs of three attempts  ${of(({ jobs }) => jobs).toFixed(1)} per second, ${best.toFixed(1)} at best, wanted ${WANTED}`
  )
  console.log(`CPU time of a job       ${of(({ cpuMs }) => cpuMs).toFixed(1)} ms in all threads`)
  console.log(
    `main thread             ${of(({ busyMs }) => busyMs).toFixed(1)} ms a job, ${(100 * of(({ busy }) => busy)).toFixed(0)} % busy`
  )
  console.log(`durable transitions     ${of(({ commits }) => commits).toFixed(0)} per second`)
  console.log(`bare SQLite commits     ${of(({ bare }) => bare).toFixed(0)} per second`)
  console.log(`ratio                   ${of(({ commits, bare }) => commits / bare).toFixed(2)}`)
} finally {
  await studio.stopManagers()
  await studio.close()
}

interface Worked {
  readonly jobs: number
  readonly commits: number
  readonly cpuMs: number
  readonly busyMs: number
  readonly busy: number
  readonly document: string
}

async function workOff(manager: JobManager, template: NewJob): Promise<Worked> {
  const [began, loop, cpu] = [performance.now(), performance.eventLoopUtilization(), process.cpuUsage()]
  const submitted = await Promise.all(Array.from({ length: JOBS }, () => manager.submit(template)))
  const ended = await Promise.all(submitted.map(({ _id }) => manager.wait(_id)))
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const { active, utilization } = performance.eventLoopUtilization(loop)
  if (ended.some((job) => job.status !== 'completed' || job.attempts.length !== 3)) throw new Error('A job went wrong.')
  // Each has been inserted once, and every change since has counted its revision.
  const commits = ended.reduce((sum, job) => sum + 1 + job.revision, 0)
  return {
    jobs: JOBS / seconds,
    commits: commits / seconds,
    cpuMs: (user + system) / 1000 / JOBS,
    busyMs: active / JOBS,
    busy: utilization,
    document: JSON.stringify(ended[0])
  }
}

function bareCommitsPerSecond(path: string, document: string): number {
  const database = new Database(path)
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE jobs (id TEXT PRIMARY KEY, document TEXT)'
  )
  const put = database.prepare('INSERT OR REPLACE INTO jobs VALUES (?, ?)')
  const began = performance.now()
  for (let index = 0; index < BARE_COMMITS; index += 1) put.run(`job-${index % JOBS}`, document)
  const seconds = (performance.now() - began) / 1000
  database.close()
  return BARE_COMMITS / seconds
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
