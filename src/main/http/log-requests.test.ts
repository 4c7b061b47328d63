import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openTestServer, type TestServer } from './http-server.fixture.ts'
import { jobForm } from './jobs/job-form.fixture.ts'

let test: TestServer
afterEach(async () => await test.close())

/** The lines about requests so far, once there are so many. */
async function requestsLogged(count: number): Promise<Record<string, unknown>[]> {
  const path = join(test.studio.dataFolder, 'logs', 'jobs.log')
  const lines = async () =>
    (await readFile(path, 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => msg === 'request')
  await expect.poll(async () => (await lines()).length, { timeout: 20_000 }).toBe(count)
  return await lines()
}

it('tells each request in a line, by its route and never by what was sent', async () => {
  test = await openTestServer({ variables: { LOG_LEVEL: 'debug' } })
  const secret = 'hush-hush-hush'
  await test.fetch(`/jobs?q=${secret}`, {
    headers: { authorization: `Bearer ${secret}`, cookie: `apex_studio=${secret}` }
  })
  await test.fetch(`/jobs?q=${secret}`)
  await test.fetch(`/jobs/${secret}`)
  await test.fetch(`/${secret}`)
  await test.fetch('/jobs', { method: 'POST', body: await jobForm({ parameters: JSON.stringify({ notes: secret }) }) })
  const lines = await requestsLogged(5)
  const ms = expect.any(Number)
  expect(lines).toMatchObject([
    { level: 'info', method: 'GET', route: '/jobs', status: 403, ms, caller: null },
    { level: 'debug', method: 'GET', route: '/jobs', status: 200, ms, caller: 'local' },
    { level: 'info', method: 'GET', route: '/jobs/:id', status: 404, ms },
    { level: 'info', method: 'GET', route: 'unknown', status: 404, ms },
    { level: 'info', method: 'POST', route: '/jobs', status: 200, ms, caller: 'local' }
  ])
  expect(await readFile(join(test.studio.dataFolder, 'logs', 'jobs.log'), 'utf8')).not.toContain(secret)
})

it('says when whoever asked has gone before the end', async () => {
  test = await openTestServer({ variables: { LOG_LEVEL: 'debug' } })
  const leaving = new AbortController()
  const answer = await test.fetch('/events', { signal: leaving.signal })
  expect(answer.status).toBe(200)
  leaving.abort()
  expect(await requestsLogged(1)).toMatchObject([{ route: '/events', status: 200, cut: true }])
})
