import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PHOTOS = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
const SAMPLE = fileURLToPath(new URL('../../../resources/sample/eileen-collins.jpg', import.meta.url))
const MINUTES = 60_000
const run = promisify(execFile)

/** As the seed system's README has it. */
const SEED_PARAMETERS =
  '{"purpose": "professional_linkedin", "attire": "business_casual", "background": "modern_office", "vibe": "confident", "lighting": "studio_softbox", "resolution": "4k"}'

let folder: string
let server: ChildProcess
let address: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-seed-'))
  const entry = fileURLToPath(new URL('./serving-process.fixture.ts', import.meta.url))
  const args = ['--import', 'tsx', entry, '--data', join(folder, 'data'), 'serve', '--port', '0']
  server = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MONGO_URI: '' }
  })
  if (!server.stderr) throw new Error('no stderr')
  for await (const line of createInterface(server.stderr)) {
    const said = /answers at (http:\/\/\S+)/.exec(line)?.[1]
    if (said === undefined) continue
    address = said
    break
  }
})
afterAll(async () => {
  server.kill('SIGINT')
  const [code] = await once(server, 'exit')
  await rm(folder, { recursive: true, force: true })
  expect(code).toBe(0)
})

/** curl itself, which knows nothing of this server. */
async function curl(...args: string[]): Promise<string> {
  const { stdout } = await run('curl', ['--silent', '--show-error', '--noproxy', '*', ...args], {
    maxBuffer: 200 * 1024 ** 2
  })
  return stdout
}

async function order(photo: string, parameters: string): Promise<string> {
  const answer = await curl(
    '-X',
    'POST',
    `${address}/jobs`,
    '-F',
    `image_file=@${photo}`,
    '-F',
    `parameters=${parameters}`
  )
  const created = JSON.parse(answer)
  expect(Object.keys(created)).toEqual(['job_id', 'status', 'message'])
  expect(created.status).toBe('pending')
  return created.job_id
}

async function ended(id: string) {
  for (;;) {
    const job = JSON.parse(await curl(`${address}/jobs/${id}`))
    if (['completed', 'failed'].includes(job.current_status.status)) return job
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

describe('the seed system’s clients', () => {
  it('order a portrait with curl, and get it', { timeout: 10 * MINUTES }, async () => {
    const parameters = SEED_PARAMETERS.replace('"4k"', '"2k"')
    const id = await order(SAMPLE, parameters)
    const job = await ended(id)
    expect(job).toMatchObject({
      job_id: id,
      parameters: JSON.parse(parameters),
      current_status: { status: 'completed' },
      attempts: [{ attempt: 1, validation_result: { issues: expect.any(Array) } }]
    })
    expect(job.attempts.at(-1)).toMatchObject({
      status: 'passed',
      validation_result: { valid: true, tuned_prompt: null }
    })
    expect(JSON.stringify(job)).not.toContain('base64')
    for (const [index, { validation_result: result }] of job.attempts.slice(0, -1).entries()) {
      expect(result).toMatchObject({ valid: false, tuned_prompt: job.attempts[index + 1].prompt })
    }
    for (const time of [job.created_at, job.updated_at, job.current_status.timestamp]) {
      expect(new Date(time).toISOString()).toBe(time)
    }

    const result = JSON.parse(await curl(`${address}/jobs/${id}/result`))
    expect(result).toMatchObject({ job_id: id, status: 'completed' })
    const file = join(folder, 'final.png')
    const facts = await curl(
      '-H',
      'Accept: image/*',
      '-o',
      file,
      '-w',
      '%{content_type}',
      `${address}/jobs/${id}/result`
    )
    expect(facts).toBe('image/png')
    const bytes = await readFile(file)
    expect(bytes.equals(Buffer.from(result.image_base64, 'base64'))).toBe(true)
    // Width and height of a PNG, https://www.w3.org/TR/png-3/#11IHDR: the resolution is more than a word of the prompt.
    expect(Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20))).toBe(2048)

    const report = JSON.parse(await curl(`${address}/jobs/${id}/report`))
    expect(report).toMatchObject({ job_id: id, status: 'completed', report: { summary: expect.any(String) } })
    expect(await curl('-H', 'Accept: text/html', `${address}/jobs/${id}/report`)).toMatch(/^<!doctype html>/)
    const pdf = join(folder, 'report.pdf')
    await curl('-H', 'Accept: application/pdf', '-o', pdf, `${address}/jobs/${id}/report`)
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
    expect(
      await curl('-o', '/dev/null', '-w', '%{http_code}', '-H', 'Accept: audio/ogg', `${address}/jobs/${id}/result`)
    ).toBe('406')

    const health = JSON.parse(await curl(`${address}/health`))
    expect(health.services.database).toBe('connected')
  })

  it('read the report of a job that failed, and are led to its best attempt', { timeout: 10 * MINUTES }, async () => {
    // Two people in one picture, none of them chosen: no attempt can be made of it.
    const id = await order(join(PHOTOS, 'sample3.jpg'), '{"purpose": "resume", "resolution": "1k"}')
    const job = await ended(id)
    expect(job).toMatchObject({ current_status: { status: 'failed' }, error: { code: 'face-several' } })
    const report = JSON.parse(await curl(`${address}/jobs/${id}/report`))
    expect(report.report).toMatchObject({ summary: expect.any(String), recommendations: expect.any(Array) })
    const answer = await curl('-w', '\n%{http_code} %{content_type}', `${address}/jobs/${id}/result`)
    const [body, facts] = answer.split('\n')
    expect(facts).toMatch(/^409 application\/problem\+json/)
    expect(JSON.parse(body ?? '')).toMatchObject({ code: 'job-state', links: { report: `/jobs/${id}/report` } })
  })

  it('are told at once what is wrong with an order', async () => {
    await writeFile(join(folder, 'note.txt'), 'no photo')
    const ask = async (...args: string[]) => JSON.parse(await curl(`${address}/jobs`, ...args))
    const photo = `image_file=@${SAMPLE}`
    expect(await ask('-F', photo)).toMatchObject({ status: 400, code: 'request-invalid' })
    expect(await ask('-F', 'parameters={}')).toMatchObject({ status: 400, code: 'request-invalid' })
    expect(await ask('-F', photo, '-F', 'parameters={"resolution": "9k"}')).toMatchObject({
      status: 422,
      code: 'parameters-invalid'
    })
    expect(await ask('-F', `image_file=@${join(folder, 'note.txt')}`, '-F', 'parameters={}')).toMatchObject({
      status: 415,
      code: 'file-unsupported'
    })
  })
})
