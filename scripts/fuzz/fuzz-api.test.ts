import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest'
import { openTestServer, type TestServer } from '../../src/main/http/http-server.fixture.ts'
import { jobForm } from '../../src/main/http/jobs/job-form.fixture.ts'
import { type Fuzzer, installFuzzer } from './schemathesis.ts'

const INSTALL_MS = 10 * 60_000
/** A few of the thousands of cases that `npm run fuzz` tries, the same ones in every run. */
const FEW = ['--phases', 'fuzzing', '--max-examples', '10', '--seed', '20261126', '--generation-database', 'none']
const MINUTES = 60_000

let fuzzer: Fuzzer | null = null
let test: TestServer
let folder: string
beforeAll(async () => {
  fuzzer = await installFuzzer().catch((error: unknown) => {
    // Debian: apt-get install python3-venv.
    console.warn(`SKIPPED fuzzing of the REST server: it needs Python with venv. ${String(error)}`)
    return null
  })
  test = await openTestServer()
  folder = await mkdtemp(join(tmpdir(), 'fuzz-test-'))
}, INSTALL_MS)
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

/** On a machine without Python the test says that it is skipped; CI has it. */
function needed(context: TestContext): Fuzzer {
  if (fuzzer === null && process.env.CI) throw new Error('CI must fuzz the server.')
  return fuzzer ?? context.skip('no Python with venv here')
}

it('answers whatever its description allows, and whatever it does not, as it says', {
  timeout: 5 * MINUTES
}, async (context) => {
  const outcome = await needed(context).fuzz(test.server.address, { folder, args: FEW })
  expect(outcome.code, outcome.stdout).toBe(0)
  expect(Number(/(\d+) generated/.exec(outcome.stdout)?.[1])).toBeGreaterThan(100)
  expect(test.faults).toEqual([])
})

it('does so for a job that is there', { timeout: 5 * MINUTES }, async (context) => {
  const { job_id: job } = await (await test.fetch('/jobs', { method: 'POST', body: await jobForm() })).json()
  const outcome = await needed(context).fuzz(test.server.address, { folder, args: FEW, job })
  expect(outcome.code, outcome.stdout).toBe(0)
  expect(test.faults).toEqual([])
})
