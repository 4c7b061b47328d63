import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '../../domain/job.ts'
import type { CallContext } from '../../domain/progress.ts'
import { type EngineCall, type TestEnginesOptions, testEngines } from './test-engines.fixture.ts'
import { openTestStudio, signal, type TestStudio } from './test-studio.fixture.ts'

const SHARPNESS: TestEnginesOptions = { sharpness: [0.2, 0.4, 1] }
const ATTEMPT: EngineCall[] = ['generate', 'measure', 'judge']
const ALL: EngineCall[] = ['inspect', 'writeBrief', ...ATTEMPT, 'tune', ...ATTEMPT, 'prefer', 'tune', ...ATTEMPT]
ALL.push('finish', 'measure', 'report')

/** Calls that only together make one stored step: the second is done again with the first. */
function stepStart(index: number): number {
  const second = ALL[index] === 'judge' || (ALL[index] === 'measure' && ALL[index - 1] === 'finish')
  return second ? index - 1 : index
}

let studio: TestStudio
let whole: Job
beforeAll(async () => {
  studio = await openTestStudio()
})
afterEach(() => studio.stopManagers())
afterAll(() => studio.close())

function engines(onCall: (index: number, call: EngineCall, context: CallContext) => Promise<void>) {
  let index = -1
  return testEngines({
    ...SHARPNESS,
    onCall: async (call, context) => {
      index += 1
      await onCall(index, call, context)
    }
  })
}

/** What must be the same however often the work was interrupted. */
function lasting(job: Job) {
  return {
    status: job.status,
    references: job.references,
    engines: job.engines,
    attempts: job.attempts.map(({ startedAt, timings, ...attempt }) => ({ ...attempt, steps: Object.keys(timings) })),
    final: job.final,
    best: job.best,
    setbacks: job.setbacks,
    report: job.report && { ...job.report, writtenAt: null },
    error: job.error
  }
}

/** Works on a job until the engine call `index` begins, and leaves the engine busy with it. */
async function workUntilCall(index: number) {
  const made: EngineCall[] = []
  const beginning = signal()
  const manager = studio.manager(
    engines(async (at, call) => {
      made.push(call)
      if (at < index) return
      beginning.give()
      await new Promise(() => undefined)
    })
  )
  await manager.start()
  const { _id } = await manager.submit(await studio.newJob())
  await beginning.given
  return { manager, id: _id, made }
}

/** Another worker goes on. */
async function workToTheEnd(id: string) {
  const made: EngineCall[] = []
  const manager = studio.manager(
    engines(async (_at, call) => {
      made.push(call)
    })
  )
  await manager.start()
  const job = await manager.wait(id)
  return { job, made, manager }
}

describe('a job that is interrupted', () => {
  beforeAll(async () => {
    const { _id } = await studio.repository.create(await studio.newJob())
    const { job, made, manager } = await workToTheEnd(_id)
    await manager.stop()
    expect(made).toEqual(ALL)
    whole = job
  })

  it.each(ALL.map((call, index) => ({ call, index })))(
    'by a quit in call $index ($call) goes on with that step, is charged nothing and comes to the same end',
    async ({ index }) => {
      const { id, manager, made } = await workUntilCall(index)
      await manager.stop()
      expect(made).toEqual(ALL.slice(0, index + 1))
      expect(await studio.get(id)).toMatchObject({ status: 'pending', claims: 0, lease: null })
      const rest = await workToTheEnd(id)
      expect(rest.made).toEqual(ALL.slice(stepStart(index)))
      expect(lasting(rest.job)).toEqual(lasting(whole))
      expect(rest.job.claims).toBe(1)
    }
  )

  it.each(ALL.map((call, index) => ({ call, index })))(
    'by a cancel in call $index ($call) stops at once, and goes on with that step when resumed',
    async ({ index }) => {
      const { id, manager, made } = await workUntilCall(index)
      const cancelled = await manager.cancel(id)
      expect(cancelled).toMatchObject({ status: 'cancelled', lease: null })
      expect(await manager.wait(id)).toMatchObject({ status: 'cancelled' })
      await manager.stop()
      expect(made).toEqual(ALL.slice(0, index + 1))
      await studio.repository.resume(id)
      const rest = await workToTheEnd(id)
      expect(rest.made).toEqual(ALL.slice(stepStart(index)))
      expect(lasting(rest.job)).toEqual(lasting(whole))
    }
  )
})
