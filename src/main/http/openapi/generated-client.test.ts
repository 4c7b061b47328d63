import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { generateSource } from 'oazapfts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testEngines } from '../../jobs/test-engines.fixture.ts'
import { openTestServer, type TestServer } from '../http-server.fixture.ts'
import { SAMPLE } from '../jobs/job-form.fixture.ts'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const MINUTES = 60_000
const run = promisify(execFile)
const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'lib/tsc.js')

/**
 * What somebody writes who has nothing but the generated client: the main job, an order that is refused, one that is
 * given up. Whatever it takes for granted without a check, the compiler knows from the description.
 */
const ORDERS = `
import { readFile } from 'node:fs/promises'
import * as studio from './client.ts'

const [, , baseUrl = '', photo = ''] = process.argv
studio.defaults.baseUrl = baseUrl
const file = new Blob([await readFile(photo)], { type: 'image/jpeg' })
const parameters = JSON.stringify({ purpose: 'resume', resolution: '1k' })

function expected<T extends { status: number }, S extends T['status']>(answer: T, status: S): Extract<T, { status: S }> {
  if (answer.status !== status) throw new Error(JSON.stringify(answer))
  return answer as Extract<T, { status: S }>
}

const created = expected(await studio.createJob({ image_file: [file], parameters, seed: 7 }), 200).data
const id: string = created.job_id
let job = expected(await studio.getJob(id), 200).data
while (job.current_status.status === 'pending' || job.current_status.status === 'processing') {
  await new Promise((resolve) => setTimeout(resolve, 50))
  job = expected(await studio.getJob(id), 200).data
}
const tuned: (string | null)[] = job.attempts.map((each) => each.validation_result?.tuned_prompt ?? null)
const result = expected(await studio.getResult(id), 200).data
const report = expected(await studio.getReport(id), 200).data
const listed = expected(await studio.listJobs({ status: ['completed'], limit: 10 }), 200).data
const { data: refused } = await studio.createJob({ image_file: [file], parameters: '{"resolution":"9k"}' })
if (!('code' in refused)) throw new Error('It was not refused.')
const { data: unknown } = await studio.getJob('nobody')
if (!('code' in unknown)) throw new Error('It is not there.')
const health = expected(await studio.getHealth(), 200).data
console.log(
  JSON.stringify({
    status: job.current_status.status,
    attempts: job.attempts.map(({ status }) => status),
    tuned,
    result: [result.job_id === id, result.status, result.image_base64.startsWith('iVBORw0KGgo')],
    report: [report.status, report.report.summary],
    listed: listed.jobs.map(({ job_id }) => job_id === id),
    refused: [refused.status, refused.code],
    unknown: [unknown.status, unknown.code],
    health: health.status
  })
)
`

let test: TestServer
let folder: string
beforeAll(async () => {
  test = await openTestServer({ engines: testEngines({ sharpness: [0.2, 0.9] }) })
  // Within the project, where its packages are found.
  await mkdir(join(ROOT, '.cache'), { recursive: true })
  folder = await mkdtemp(join(ROOT, '.cache', 'generated-client-'))
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
  expect(test.faults).toEqual([])
})

it('a client generated from the description compiles strictly and does the main job', {
  timeout: 5 * MINUTES
}, async () => {
  const description = join(folder, 'openapi.json')
  await writeFile(description, await (await test.fetch('/openapi.json')).text())
  await writeFile(join(folder, 'client.ts'), await generateSource(description, { useUnknown: true }))
  await writeFile(join(folder, 'orders.ts'), ORDERS)
  // The generator's own code does not hold with exact optional properties.
  const compilerOptions = { exactOptionalPropertyTypes: false }
  const tsconfig = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*.ts'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  const compiled = await run(process.execPath, [TSC, '-p', folder]).catch((failed: unknown) => failed)
  expect(compiled).toMatchObject({ stdout: '' })
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', join(folder, 'orders.ts'), test.server.address, SAMPLE],
    { cwd: ROOT }
  )
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'completed',
    attempts: ['failed', 'passed'],
    tuned: [expect.any(String), null],
    result: [true, 'completed', true],
    report: ['completed', expect.any(String)],
    listed: [true],
    refused: [422, 'parameters-invalid'],
    unknown: [404, 'job-missing'],
    health: 'running'
  })
})
