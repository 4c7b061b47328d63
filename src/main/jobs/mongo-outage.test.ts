import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileDigest } from '../store/artifacts/file-digest.ts'
import { openFromSource } from '../store/test-database.fixture.ts'
import { databaseAt, mongoServerOfFile } from '../testing/mongo-server/mongo-places.fixture.ts'
import { startRelay, type TcpRelay } from '../testing/tcp-relay.fixture.ts'
import { testEngines } from './test-engines.fixture.ts'
import { openTestStudio, type TestStudio } from './test-studio.fixture.ts'

const server = await mongoServerOfFile()

/** With APEX_LONG_TESTS the server stops for a minute, else for long enough that the driver gives its connections up. */
const STOPPED_MS = process.env.APEX_LONG_TESTS ? 60_000 : 6_000
const JOBS = 4
const ATTEMPTS = 3
/** So that the driver notices within seconds, not half a minute. */
const IMPATIENT = 'connectTimeoutMS=1000&heartbeatFrequencyMS=500&serverSelectionTimeoutMS=1000'

describe.skipIf(server === null)('a database that', () => {
  let relay: TcpRelay
  let studio: TestStudio
  let uri: string
  /** Each call of an engine, by what it is and the seed where it has one. */
  let calls: string[]

  beforeEach(async () => {
    relay = await startRelay(server?.port ?? 0)
    uri = `${databaseAt(`mongodb://127.0.0.1:${relay.port}`)}?${IMPATIENT}`
    studio = await openTestStudio(uri)
    calls = []
  })
  afterEach(async () => {
    await studio.stopManagers()
    await studio.close()
    await relay.close()
  })

  function worker() {
    const engines = testEngines({ sharpness: [0.2, 0.4, 1], onCall: async () => await sleep(40) })
    const { generator } = engines
    return studio.manager({
      ...engines,
      generator: {
        ...generator,
        generate: (request, context) => {
          calls.push(`generate ${request.seed}`)
          return generator.generate(request, context)
        },
        finish: (request, context) => {
          calls.push(`finish ${request.seed}`)
          return generator.finish(request, context)
        }
      }
    })
  }

  /** Jobs that are being worked on, a few steps in. */
  async function begun(): Promise<readonly string[]> {
    const manager = worker()
    const ids: string[] = []
    for (let index = 0; index < JOBS; index += 1) {
      ids.push((await studio.repository.create(await studio.newJob({ seed: 100 * (index + 1) })))._id)
    }
    await manager.start()
    await expect.poll(() => calls.length, { timeout: 20_000 }).toBeGreaterThan(1)
    return ids
  }

  async function expectNothingLost(ids: readonly string[]): Promise<void> {
    const waiting = async (id: string) => (await studio.repository.get(id).catch(() => null))?.status
    for (const id of ids) await expect.poll(() => waiting(id), { timeout: 60_000, interval: 200 }).toBe('completed')
    for (const id of ids) {
      const job = await studio.get(id)
      expect(job).toMatchObject({ claims: 1, error: null, setbacks: [], lease: null, final: { attempt: ATTEMPTS } })
      expect(job.attempts.map(({ judgement }) => judgement?.passed)).toEqual([false, false, true])
      for (const artifact of job.artifacts) {
        expect(await fileDigest(await studio.artifacts.localPath(artifact))).toBe(artifact)
      }
    }
    // No picture was made twice.
    expect(calls).toHaveLength(new Set(calls).size)
    expect(calls).toHaveLength(JOBS * (ATTEMPTS + 1))
  }

  it('is slow costs no job and no attempt', async () => {
    const ids = await begun()
    relay.delay(250)
    await sleep(4_000)
    relay.delay(0)
    await expectNothingLost(ids)
  }, 120_000)

  it('stops costs no job and no attempt', async () => {
    const ids = await begun()
    server?.freeze()
    await sleep(STOPPED_MS)
    server?.thaw()
    await expectNothingLost(ids)
  }, 240_000)

  it('is restarted costs no job and no attempt', async () => {
    const ids = await begun()
    await server?.stop()
    await sleep(2_000)
    await server?.start()
    await expectNothingLost(ids)
  }, 120_000)

  it('is cut off in mid-reply, again and again, costs no job and no attempt', async () => {
    const ids = await begun()
    for (let cut = 0; cut < 25; cut += 1) {
      relay.cutReplies(1)
      await sleep(120)
    }
    relay.cutReplies(0)
    await expectNothingLost(ids)
    expect(relay.cuts).toBeGreaterThan(4)
  }, 120_000)

  it('is cut off while a job is submitted has it once', async () => {
    await studio.repository.counts()
    const job = await studio.newJob()
    relay.cutReplies(1)
    const { _id } = await studio.repository.create(job)
    const { items } = await studio.repository.list({ limit: 10 })
    expect(items.map((each) => each._id)).toEqual([_id])
    expect(relay.cuts).toBe(1)
  })
})

describe('an address', () => {
  it('where no server answers is told plainly, without the password', async () => {
    const relay = await startRelay(1)
    await relay.close()
    const uri = `mongodb://anna:secret@127.0.0.1:${relay.port}/studio?serverSelectionTimeoutMS=300`
    const failure = await openFromSource({ folder: '', uri }).catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({
      code: 'store-unavailable',
      message: `The MongoDB server at 127.0.0.1:${relay.port}/studio does not answer.`,
      hint: expect.stringContaining('MONGO_URI')
    })
    expect(JSON.stringify(failure)).not.toContain('secret')
  })

  it.each(['mongodb://', 'localhost:27017', 'mongodb://anna:secret@host:port/studio'])('%s is none', async (uri) => {
    const failure = await openFromSource({ folder: '', uri }).catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ code: 'option-invalid', hint: expect.stringContaining('mongodb://') })
    expect(String(failure)).not.toContain('secret')
  })
})
