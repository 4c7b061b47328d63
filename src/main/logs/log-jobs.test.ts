import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import { testEngines } from '../jobs/test-engines.fixture.ts'
import { openTestStudio, type TestStudio, testParameters } from '../jobs/test-studio.fixture.ts'
import { openLog } from './log.ts'
import { logJobs } from './log-jobs.ts'

let studio: TestStudio
beforeAll(async () => {
  studio = await openTestStudio()
})
afterEach(() => studio.stopManagers())
afterAll(() => studio.close())

async function linesOf(work: (log: Awaited<ReturnType<typeof openLog>>['log']) => Promise<void>) {
  const shown = new PassThrough()
  const { log, close } = await openLog({ role: 'jobs', level: 'info', folder: null, console: shown, secrets: [] })
  await work(log)
  await close()
  shown.end()
  const lines = (await text(shown)).trim().split('\n')
  return { raw: lines.join('\n'), lines: lines.map((line) => JSON.parse(line)) }
}

it('tells each step and verdict of a job by its id, and nothing that people wrote', async () => {
  let jobId = ''
  const { lines, raw } = await linesOf(async (log) => {
    const manager = studio.manager(testEngines({ sharpness: [0.1, 1] }))
    logJobs(manager, log)
    await manager.start()
    const parameters = testParameters({ notes: 'hide the scar' })
    jobId = (await manager.submit(await studio.newJob({ parameters })))._id
    await manager.wait(jobId)
  })
  expect(lines.every((line) => line.jobId === jobId)).toBe(true)
  const steps = lines.filter(({ msg }) => msg === 'step begins').map(({ step, attempt }) => [step, attempt])
  expect(steps).toContainEqual(['generate', 1])
  expect(steps).toContainEqual(['generate', 2])
  const verdicts = lines.filter(({ msg }) => msg === 'attempt judged')
  expect(verdicts).toMatchObject([
    { attempt: 1, passed: false, failed: ['sharpness'] },
    { attempt: 2, passed: true, failed: [] }
  ])
  expect(lines.at(0)).toMatchObject({ msg: 'job waits in the queue', status: 'pending' })
  expect(lines.at(-1)).toMatchObject({ level: 'info', msg: 'job is completed', attempts: 2 })
  expect(raw).not.toContain('scar')
})

it('warns of a job that failed, with the code of its error', async () => {
  const { lines } = await linesOf(async (log) => {
    const refuse = async () => {
      throw new StudioError('engine-unknown', 'There is no such engine.')
    }
    const manager = studio.manager(refuse)
    logJobs(manager, log)
    await manager.start()
    const { _id } = await manager.submit(await studio.newJob())
    await manager.wait(_id)
  })
  expect(lines.at(-1)).toMatchObject({ level: 'warn', msg: 'job has failed', err: { code: 'engine-unknown' } })
})
