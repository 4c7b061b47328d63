import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import { attemptSeed, type Job } from '../../domain/job.ts'
import { readPng } from './plain-png.fixture.ts'
import { type EngineCall, type TestEnginesOptions, testEngines } from './test-engines.fixture.ts'
import { openTestStudio, storedPhoto, type TestStudio, testParameters } from './test-studio.fixture.ts'

let studio: TestStudio
beforeAll(async () => {
  studio = await openTestStudio()
})
afterEach(() => studio.stopManagers())
afterAll(() => studio.close())

/** Runs one job to its end and tells which calls its engines got. */
async function run(options: TestEnginesOptions, change = {}): Promise<{ job: Job; calls: EngineCall[] }> {
  const calls: EngineCall[] = []
  const engines = testEngines({
    ...options,
    onCall: async (call, context) => {
      calls.push(call)
      await options.onCall?.(call, context)
    }
  })
  const manager = studio.manager(engines)
  await manager.start()
  const { _id } = await manager.submit(await studio.newJob(change))
  return { job: await manager.wait(_id), calls }
}

/** The calls of one attempt that is judged. */
const MADE: EngineCall[] = ['generate', 'measure', 'judge']
const DELIVERED: EngineCall[] = ['finish', 'measure', 'report']

describe('the attempts of a job', () => {
  it('delivers the first attempt when it passes', async () => {
    const { job, calls } = await run({ sharpness: [1] })
    expect(calls).toEqual(['inspect', 'writeBrief', ...MADE, ...DELIVERED])
    expect(job).toMatchObject({ status: 'completed', best: null, chosenBy: 'judge', error: null, lease: null })
    expect(job.attempts).toHaveLength(1)
    expect(job.final).toMatchObject({ attempt: 1, picture: { size: { width: 2048 }, notes: ['enlarged'] } })
    expect(job.final?.judgement).toMatchObject({ passed: true, score: 1 })
    expect(job.report?.summary).toBe('It completed.')
  })

  it('tunes the brief until an attempt passes, each with its own seed', async () => {
    const { job, calls } = await run({ sharpness: [0.2, 0.4, 1] })
    expect(calls).toEqual(['inspect', 'writeBrief', ...MADE, 'tune', ...MADE, 'prefer', 'tune', ...MADE, ...DELIVERED])
    expect(job.status).toBe('completed')
    expect(job.attempts.map(({ number, seed, brief }) => [number, seed, brief.settings.round])).toEqual([
      [1, 42, 1],
      [2, attemptSeed(42, 2), 2],
      [3, attemptSeed(42, 3), 3]
    ])
    expect(job.attempts.map((attempt) => attempt.judgement?.passed)).toEqual([false, false, true])
    const pixels = job.attempts.map(async ({ picture }) =>
      readPng(await studio.artifacts.localPath(picture?.artifact ?? ''))
    )
    expect((await Promise.all(pixels)).map(([round, seed]) => [round, seed])).toEqual([
      [1, 42],
      [2, attemptSeed(42, 2) % 256],
      [3, attemptSeed(42, 3) % 256]
    ])
    const final = await readPng(await studio.artifacts.localPath(job.final?.picture.artifact ?? ''))
    expect(final[0]).toBe(103)
  })

  it('stores the time of every step', async () => {
    const { job } = await run({ sharpness: [0.2, 1] })
    expect(Object.keys(job.timings).sort()).toEqual(['finish', 'inspect', 'report'])
    expect(job.attempts.map((attempt) => Object.keys(attempt.timings).sort())).toEqual([
      ['brief', 'generate', 'judge', 'tune'],
      ['generate', 'judge']
    ])
  })

  it('keeps the best attempt of a job in which none passes, and no final', async () => {
    const { job, calls } = await run({ sharpness: [0.2, 0.6, 0.4] })
    const again: EngineCall[] = ['tune', ...MADE, 'prefer']
    expect(calls).toEqual(['inspect', 'writeBrief', ...MADE, ...again, ...again, ...DELIVERED])
    expect(job).toMatchObject({ status: 'failed', final: null, chosenBy: null, error: null, best: { attempt: 2 } })
    expect(job.best?.picture.size.width).toBe(2048)
    expect(job.report).toMatchObject({ summary: 'It failed.', writtenBy: { engine: 'test-vlm' } })
  })

  it('delivers the attempt the photographer wants, whatever the judge says', async () => {
    const { job, calls } = await run({ sharpness: [0.2, 0.6, 0.4] })
    const manager = studio.manager(testEngines({ sharpness: [0], onCall: async (call) => void calls.push(call) }))
    await manager.start()
    calls.length = 0
    expect(await manager.chooseFinal(job._id, 3)).toMatchObject({ status: 'pending', wantedAttempt: 3 })
    const third = await manager.wait(job._id)
    expect(calls).toEqual(['finish', 'measure', 'report'])
    expect(third).toMatchObject({ status: 'completed', chosenBy: 'user', best: null, final: { attempt: 3 } })
    expect(third.final?.judgement.passed).toBe(false)
    calls.length = 0
    await manager.chooseFinal(job._id, 3)
    expect(await manager.wait(job._id)).toMatchObject({ status: 'completed', chosenBy: 'user', final: third.final })
    expect(calls).toEqual(['report'])
  })

  it('judges as hard as the order says', async () => {
    expect((await run({ sharpness: [0.6] }, { strictness: { sharpness: 'lenient' } })).job.status).toBe('completed')
    const { job } = await run({ sharpness: [0.2] }, { strictness: { sharpness: 'off' } })
    expect(job).toMatchObject({ status: 'completed', strictness: { sharpness: 'off' } })
    expect(job.attempts[0]?.judgement?.ledger[0]).toMatchObject({ id: 'sharpness', outcome: 'advisory' })
  })

  it('takes the latest of equally good attempts', async () => {
    const { job } = await run({ sharpness: [0.5, 0.5, 0.2] })
    expect(job.best?.attempt).toBe(2)
  })

  it('keeps the one the judge prefers of those that did not pass, and says what it was compared with', async () => {
    const { job } = await run({ sharpness: [0.6, 0.2, 0.3], likes: [2, 3] })
    expect(job.best?.attempt).toBe(2)
    expect(job.attempts.map(({ comparison }) => comparison)).toEqual([
      undefined,
      { against: 1, better: 2, decidedBy: 'judge', probability: 0.9 },
      { against: 2, better: 2, decidedBy: 'judge', probability: 0.1 }
    ])
  })

  it('compares again with the one that was best before, where the newest was not', async () => {
    const { job } = await run({ sharpness: [0.2, 0.3, 0.6], likes: [1] })
    expect(job.best?.attempt).toBe(1)
    expect(job.attempts.map(({ comparison }) => comparison?.against)).toEqual([undefined, 1, 1])
  })

  it('stops at once when nothing is left to mend, and says so', async () => {
    const { job, calls } = await run({ sharpness: [0.2], repairs: 1 })
    expect(calls).toEqual(['inspect', 'writeBrief', ...MADE, 'tune', ...MADE, 'prefer', 'tune', ...DELIVERED])
    expect(job).toMatchObject({ status: 'failed', best: { attempt: 2 } })
    expect(job.attempts[1]?.nothingToMend).toBe(true)
    expect(job.report?.summary).toMatch(/^It failed\. Stopped after attempt 2 of 3: nothing that can be set/)
  })

  it('does not deliver as final what is not good enough at the delivered size', async () => {
    const { job, calls } = await run({ sharpness: [1], deliveredSharpness: 0.1 })
    expect(calls).toEqual(['inspect', 'writeBrief', ...MADE, ...DELIVERED])
    expect(job).toMatchObject({ status: 'failed', final: null, best: { attempt: 1 } })
    expect(job.attempts[0]?.judgement?.passed).toBe(true)
    expect(job.best?.judgement.ledger.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['sharpness', 'failed'],
      ['vlm:attire', 'passed']
    ])
  })

  it('does not make a final of a failed attempt that passes at the delivered size', async () => {
    const { job } = await run({ sharpness: [0.1], deliveredSharpness: 1 }, { maxAttempts: 1 })
    expect(job).toMatchObject({ status: 'failed', final: null, best: { attempt: 1 } })
  })

  it('delivers at the size that is asked for', async () => {
    const { job } = await run({ sharpness: [1] }, { parameters: testParameters({ resolution: '4k' }) })
    expect(job.final?.picture.size.width).toBe(4096)
  })

  it('stores the engines with the job', async () => {
    const { job } = await run({ sharpness: [1] })
    expect(job.engines).toMatchObject({
      vlm: { engine: 'test-vlm' },
      generator: { engine: 'test-generator' },
      examiner: { engine: 'test-examiner' }
    })
  })
})

describe('the person in the photo', () => {
  it('is the only face there is', async () => {
    const { job } = await run({ sharpness: [1] })
    expect(job.references[0]?.face).toBe(0)
  })

  it('must be chosen where there are several', async () => {
    const { job, calls } = await run({ sharpness: [1], faces: 3 })
    expect(calls).toEqual(['inspect', 'report'])
    expect(job).toMatchObject({ status: 'failed', attempts: [], best: null, final: null })
    expect(job.error).toMatchObject({ code: 'face-several', details: { reference: 0, name: 'anna.png' } })
    expect(job.error?.details?.faces).toEqual(job.references[0]?.inspection?.faces)
    expect(job.references[0]?.inspection?.faces).toHaveLength(3)
    expect(job.report?.summary).toBe('There are 3 faces in "anna.png".')
  })

  it('is the one that was chosen', async () => {
    const photo = { ...(await storedPhoto(studio.folder, studio.artifacts)), face: 2 }
    const { job } = await run({ sharpness: [1], faces: 3 }, { references: [photo] })
    expect(job).toMatchObject({ status: 'completed', references: [{ face: 2 }] })
  })

  it('cannot be one that is not there', async () => {
    const photo = { ...(await storedPhoto(studio.folder, studio.artifacts)), face: 3 }
    const { job } = await run({ sharpness: [1], faces: 3 }, { references: [photo] })
    expect(job.error).toMatchObject({
      code: 'face-choice-invalid',
      message: 'Face 4 was chosen in "anna.png", which has 3.'
    })
  })

  it('must be there', async () => {
    const { job } = await run({ sharpness: [1], faces: 0 })
    expect(job).toMatchObject({ status: 'failed', attempts: [], error: { code: 'face-none' } })
    expect(job.references[0]?.inspection?.faces).toEqual([])
  })

  it('is looked for in every photo; one that cannot be read is named', async () => {
    const names = ['first.png', 'second.png']
    const references = await Promise.all(names.map((name) => storedPhoto(studio.folder, studio.artifacts, name)))
    let inspected = 0
    const onCall = async (call: EngineCall) => {
      if (call === 'inspect') inspected += 1
      if (inspected === 2) throw new StudioError('image-damaged', 'It ends too early.')
    }
    const { job } = await run({ sharpness: [1], onCall }, { references })
    expect(job).toMatchObject({ status: 'failed', report: { writtenBy: { engine: 'plain' } } })
    expect(job.error).toMatchObject({
      code: 'image-damaged',
      message: '"second.png": It ends too early.',
      details: { reference: 1, name: 'second.png' }
    })
    expect(job.references.map(({ inspection }) => inspection !== null)).toEqual([true, false])
  })
})
