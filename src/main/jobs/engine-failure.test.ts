import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EngineSet, MadePicture } from '../../domain/engine.ts'
import { type ErrorCode, StudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { ChooseEngines } from './engines-of-job.ts'
import { type EngineCall, testEngines } from './test-engines.fixture.ts'
import { openTestStudio, signal, type TestStudio } from './test-studio.fixture.ts'

let studio: TestStudio
beforeAll(async () => {
  studio = await openTestStudio()
})
afterEach(() => studio.stopManagers())
afterAll(() => studio.close())

async function run(engines: EngineSet | ChooseEngines, change = {}) {
  const manager = studio.manager(engines)
  const seen: Job[] = []
  manager.onChanged((job) => seen.push(job))
  await manager.start()
  const { _id } = await manager.submit(await studio.newJob(change))
  return { job: await manager.wait(_id), seen }
}

/** Engines of which one call fails its first `times` times. */
function failing(call: EngineCall, times: number, error: () => Error) {
  const calls: EngineCall[] = []
  const engines = testEngines({
    sharpness: [0.3, 1],
    onCall: async (each) => {
      calls.push(each)
      if (each === call && calls.filter((made) => made === call).length <= times) throw error()
    }
  })
  return { engines, calls }
}

const CALLS: EngineCall[] = ['inspect', 'writeBrief', 'generate', 'measure', 'judge', 'tune', 'finish']
const TRIED_AGAIN: ErrorCode[] = ['engine-crashed', 'engine-out-of-memory', 'engine-timeout', 'engine-output-invalid']

describe('an engine that fails', () => {
  it.each(CALLS)('in %s gets the same step again, which costs no attempt and is told', async (call) => {
    const { engines } = failing(call, 2, () => new StudioError('engine-crashed', 'It ended by SIGSEGV.'))
    const { job } = await run(engines)
    expect(job.status).toBe('completed')
    expect(job.attempts.map((attempt) => attempt.number)).toEqual([1, 2])
    expect(job.setbacks.map(({ error }) => error)).toEqual([
      expect.objectContaining({ code: 'engine-crashed', message: 'It ended by SIGSEGV.' }),
      expect.objectContaining({ code: 'engine-crashed', message: 'It ended by SIGSEGV.' })
    ])
  })

  it('is named with its step and attempt', async () => {
    const { engines } = failing('tune', 1, () => new StudioError('engine-timeout', 'It was silent.'))
    const { job } = await run(engines)
    expect(job.setbacks).toMatchObject([{ step: 'tune', attempt: 1, error: { code: 'engine-timeout' } }])
  })

  it.each(TRIED_AGAIN)('for good with %s fails the job with that error, and keeps what was made', async (code) => {
    const { engines, calls } = failing('tune', 3, () => new StudioError(code, 'It failed.'))
    const { job } = await run(engines)
    expect(calls.filter((call) => call === 'tune')).toHaveLength(3)
    expect(job).toMatchObject({
      status: 'failed',
      final: null,
      best: null,
      report: { writtenBy: { engine: 'test-vlm' } }
    })
    expect(job.error).toMatchObject({
      code,
      message: 'The step "tune" of attempt 1 failed 3 times. It failed.',
      hint: expect.stringMatching(/smaller resolution/),
      cause: { code }
    })
    expect(job.setbacks).toHaveLength(2)
    expect(job.attempts).toMatchObject([{ number: 1, judgement: { passed: false } }])
  })

  it('can be given another chance by resuming the job', async () => {
    const { engines, calls } = failing('tune', 3, () => new StudioError('engine-crashed', 'It failed.'))
    const { job } = await run(engines)
    const manager = studio.manager(engines)
    await manager.start()
    expect(await manager.reopen(job._id)).toMatchObject({ status: 'pending', claims: 0, error: null })
    expect(await manager.wait(job._id)).toMatchObject({ status: 'completed', error: null, final: { attempt: 2 } })
    expect(calls.filter((call) => call === 'generate')).toHaveLength(2)
  })

  it('in any other way is not tried again', async () => {
    const { engines, calls } = failing('generate', 1, () => new TypeError('x is not a function'))
    const { job } = await run(engines)
    expect(calls.filter((call) => call === 'generate')).toHaveLength(1)
    expect(job).toMatchObject({ status: 'failed', error: { code: 'internal', message: 'x is not a function' } })
  })

  it('in the report is replaced by the plain writer, and told', async () => {
    const { engines } = failing('report', 1, () => new StudioError('engine-crashed', 'It failed.'))
    const { job } = await run(engines)
    expect(job).toMatchObject({ status: 'completed', report: { writtenBy: { engine: 'plain' } } })
    expect(job.setbacks).toMatchObject([{ step: 'report', attempt: null }])
  })

  it('to be found again does not fail a job whose final is stored', async () => {
    const reporting = signal()
    const engines = testEngines({
      sharpness: [1],
      onCall: async (call) => {
        if (call !== 'report') return
        reporting.give()
        await new Promise(() => undefined)
      }
    })
    const first = studio.manager(engines)
    await first.start()
    const { _id } = await first.submit(await studio.newJob())
    await reporting.given
    await first.stop()
    const second = studio.manager(async () => {
      throw new StudioError('engine-unknown', 'There is no engine "x" any more.')
    })
    await second.start()
    expect(await second.wait(_id)).toMatchObject({
      status: 'completed',
      final: { attempt: 1 },
      error: null,
      report: { writtenBy: { engine: 'plain' } }
    })
  })

  it('to be found fails the job with a report', async () => {
    const { job } = await run(async () => {
      throw new StudioError('engine-unknown', 'There is no engine "x".')
    })
    expect(job).toMatchObject({
      status: 'failed',
      engines: null,
      error: { code: 'engine-unknown' },
      report: { summary: 'There is no engine "x".', writtenBy: { engine: 'plain' } }
    })
  })
})

describe('a picture that is no picture', () => {
  const made = (path: string): MadePicture => ({
    path,
    mediaType: 'image/png',
    size: { width: 1, height: 1 },
    sourceDetail: null,
    limitations: [],
    notes: []
  })

  it.each([
    ['is not there', async (folder: string) => join(folder, 'none.png'), /there is no file/],
    ['lies elsewhere', async () => join(studio.folder, 'anna.png'), /outside the folder/],
    [
      'is empty',
      async (folder: string) => {
        await writeFile(join(folder, 'empty.png'), '')
        return join(folder, 'empty.png')
      },
      /empty file/
    ]
  ])('because it %s never counts as made', async (_why, pathIn, message) => {
    const engines = testEngines({ sharpness: [1] })
    const generate = async ({ outputFolder }: { outputFolder: string }) => made(await pathIn(outputFolder))
    const { job } = await run({ ...engines, generator: { ...engines.generator, generate } })
    expect(job).toMatchObject({ status: 'failed', error: { code: 'engine-output-invalid' } })
    expect(job.error?.message).toMatch(message)
    expect(job.attempts).toMatchObject([{ picture: null, judgement: null }])
  })
})

describe('an engine that is away', () => {
  const away = () => new StudioError('engine-unavailable', 'flux.local refuses connections.')

  it.each(CALLS)('in %s makes the job wait in plain sight, and costs no attempt', async (call) => {
    const { engines } = failing(call, 3, away)
    const { job, seen } = await run(engines)
    expect(job).toMatchObject({ status: 'completed', claims: 1, waiting: null, setbacks: [] })
    expect(job.attempts).toHaveLength(2)
    const waits = seen.filter((each) => each.waiting !== null)
    expect(waits).toHaveLength(1)
    expect(waits[0]).toMatchObject({
      status: 'processing',
      waiting: { error: { code: 'engine-unavailable', message: 'flux.local refuses connections.' } }
    })
  })

  it('at the start makes the job wait as well', async () => {
    let asked = 0
    const { job, seen } = await run(async () => {
      asked += 1
      if (asked < 3) throw away()
      return testEngines({ sharpness: [1] })
    })
    expect(job).toMatchObject({ status: 'completed', claims: 1, waiting: null })
    expect(seen.some((each) => each.waiting !== null && each.engines === null)).toBe(true)
  })

  it('lends its slot to other jobs meanwhile', async () => {
    let back = false
    const engines = testEngines({ sharpness: [1] })
    const manager = studio.manager(async (job) => {
      if (job.subjectId === 'waits' && !back) throw away()
      return engines
    })
    await manager.start()
    const waiting = await manager.submit(await studio.newJob({ subjectId: 'waits' }))
    const other = await manager.submit(await studio.newJob())
    expect((await manager.wait(other._id)).status).toBe('completed')
    expect(await studio.get(waiting._id)).toMatchObject({ status: 'processing', waiting: {} })
    back = true
    expect((await manager.wait(waiting._id)).status).toBe('completed')
  })

  it('can be left by a cancel', async () => {
    const manager = studio.manager(async () => {
      throw away()
    })
    await manager.start()
    const { _id } = await manager.submit(await studio.newJob())
    const waits = new Promise<void>((resolve) => {
      manager.onChanged((job) => job.waiting && resolve())
    })
    await waits
    expect(await manager.cancel(_id)).toMatchObject({ status: 'cancelled' })
    await manager.stop()
    expect(await studio.get(_id)).toMatchObject({ status: 'cancelled', report: null })
  })

  it('shows that it is back with its first sign of life', async () => {
    let tries = 0
    const waitingAtTheEnd: boolean[] = []
    const engines = testEngines({
      sharpness: [1],
      onCall: async (call, { onProgress }) => {
        if (call !== 'generate') return
        tries += 1
        if (tries === 1) throw away()
        onProgress({ activity: 'painting', done: 1, total: 2, withinMs: 1_000 })
        onProgress({ activity: 'painting', done: 2, total: 2, withinMs: 1_000 })
        await new Promise((resolve) => setTimeout(resolve, 50))
        const { items } = await studio.repository.list({ status: ['processing'], limit: 1 })
        waitingAtTheEnd.push(...items.map((job) => job.waiting))
      }
    })
    await run(engines)
    expect(waitingAtTheEnd).toEqual([false])
  })
})

describe('the engines of a job', () => {
  it('are asked for by the names of the order, and by those it began with when it goes on', async () => {
    const asked: (string | null)[][] = []
    const interrupted = signal()
    let first = true
    const choose: ChooseEngines = async (_job, generator, vlm) => {
      asked.push([generator, vlm])
      return testEngines({
        sharpness: [1],
        onCall: async (call) => {
          if (call !== 'generate' || !first) return
          first = false
          interrupted.give()
          await new Promise(() => undefined)
        }
      })
    }
    const before = studio.manager(choose)
    await before.start()
    const requestedEngines = { vlm: null, generator: 'flux' }
    const { _id } = await before.submit(await studio.newJob({ requestedEngines }))
    await interrupted.given
    await before.stop()
    const after = studio.manager(choose)
    await after.start()
    await after.wait(_id)
    expect(asked).toEqual([
      ['flux', null],
      ['test-generator', 'test-vlm']
    ])
  })
})
