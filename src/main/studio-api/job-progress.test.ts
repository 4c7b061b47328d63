import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from './studio-api.fixture.ts'

let test: TestApi
beforeAll(async () => {
  test = await openTestApi()
})
afterAll(() => test.close())

it('an attempt’s picture is there before it is judged, and its ledger fills as it is measured', async () => {
  const { accepted } = await test.client.call('photos.importSample', {})
  const orders = [{ photoIds: [accepted[0]?._id ?? ''], parameters: { background: 'white' }, attempts: 1, seed: 3 }]
  const { jobs } = await test.client.call('jobs.submit', { orders })
  const id = jobs[0]?._id ?? ''
  let picturesAtJudging: Promise<(string | undefined)[]> | null = null
  test.client.subscribe('job.progress', ({ step }) => {
    if (step !== 'judge') return
    picturesAtJudging ??= test.client
      .call('jobs.get', { id })
      .then(({ attempts }) => attempts.map(({ picture }) => picture?.artifact))
  })
  await test.studio.manager.start()
  const job = await test.studio.manager.wait(id, AbortSignal.timeout(150_000))
  expect(job.error).toBeNull()
  const [attempt] = job.attempts
  expect(await picturesAtJudging).toEqual([attempt?.picture?.artifact])

  const whole = attempt?.judgement?.ledger ?? []
  const ledgers = test.told('job.progress').map(({ step, ledger }) => ({ step, ledger }))
  const growing = ledgers.filter(({ step }) => step === 'judge').map(({ ledger }) => ledger.length)
  expect(growing).toEqual([...growing].sort((a, b) => a - b))
  expect(new Set(growing).size).toBeGreaterThan(2)
  expect(ledgers.filter(({ step }) => step === 'generate').every(({ ledger }) => ledger.length === 0)).toBe(true)
  const last = ledgers.findLast(({ step }) => step === 'judge')?.ledger ?? []
  for (const row of last) expect(whole).toContainEqual(row)
}, 160_000)
