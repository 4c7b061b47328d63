import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestServer, type TestServer } from '../http-server.fixture.ts'
import { jobForm, photo } from './job-form.fixture.ts'

let test: TestServer
beforeAll(async () => {
  test = await openTestServer()
})
afterAll(async () => {
  await test.close()
  expect(test.faults).toEqual([])
})

const post = async (form: FormData, headers: Record<string, string> = {}) =>
  await test.fetch('/jobs', { method: 'POST', body: form, headers })
const order = async (parts?: Parameters<typeof jobForm>[0]) => {
  const answer = await post(await jobForm(parts))
  const body = await answer.json()
  expect(answer.status, JSON.stringify(body)).toBe(200)
  expect(answer.headers.get('location')).toBe(`/jobs/${body.job_id}`)
  return String(body.job_id)
}
const get = async (path: string) => (await test.fetch(path)).json()
const send = async (method: string, path: string, body?: unknown) =>
  await test.fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  })

describe('orders', () => {
  it('keeps everything that was asked for', async () => {
    const id = await order({
      photos: [await photo('a'), await photo('b')],
      parameters: '{"purpose":"cv","custom_notes":"no glasses","background":"#aabbcc"}',
      fields: { seed: '7', max_attempts: '2', priority: '-5', strictness: '{"sharpness":"lenient"}', face: '0' }
    })
    expect(await get(`/jobs/${id}`)).toMatchObject({
      parameters: { purpose: 'resume', notes: 'no glasses', background: '#aabbcc' },
      seed: 7,
      max_attempts: 2,
      priority: -5,
      references: [
        { name: 'eileen.jpg', face: 0 },
        { name: 'eileen.jpg', face: null }
      ],
      links: { self: `/jobs/${id}` }
    })
    expect(await test.studio.jobs.get(id)).toMatchObject({ strictness: { sharpness: 'lenient' } })
  })

  it('stores an order once for its idempotency key, however often and at once it comes', async () => {
    const headers = { 'idempotency-key': 'order-1' }
    const answers = await Promise.all(Array.from({ length: 6 }, async () => await post(await jobForm(), headers)))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
    const ids = new Set((await Promise.all(answers.map((answer) => answer.json()))).map(({ job_id }) => job_id))
    expect(ids.size).toBe(1)
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === 'true')).toHaveLength(5)
    const other = await post(await jobForm({ parameters: '{"background":"white"}' }), headers)
    expect(other.status).toBe(422)
    expect(await other.json()).toMatchObject({ code: 'idempotency-conflict' })
    const otherPhoto = await post(await jobForm({ photos: [await photo('x')] }), headers)
    expect(otherPhoto.status).toBe(422)
  })

  it('lists by pages and filters', async () => {
    const ids = [await order(), await order({ parameters: '{"purpose":"business_card"}' }), await order()]
    const first = await get('/jobs?limit=2')
    expect(first.jobs.map(({ job_id }: { job_id: string }) => job_id)).toEqual([ids[2], ids[1]])
    const second = await get(`/jobs?limit=1&cursor=${encodeURIComponent(first.next)}`)
    expect(second.jobs[0]).toMatchObject({ job_id: ids[0], status: 'pending', name: 'eileen.jpg' })
    const cards = await get('/jobs?purpose=business_card&status=pending&status=completed&q=eil')
    expect(cards.jobs).toMatchObject([{ job_id: ids[1] }])
    expect(await get('/jobs?status=completed')).toEqual({ jobs: [], unreadable: [], next: null })
    expect(await get('/jobs/counts')).toMatchObject({ completed: 0, failed: 0 })
  })

  it('cancels, retries, moves and removes', async () => {
    const id = await order()
    expect(await (await send('POST', `/jobs/${id}/cancel`)).json()).toMatchObject({
      current_status: { status: 'cancelled' }
    })
    const again = await send('POST', `/jobs/${id}/cancel`)
    expect([again.status, (await again.json()).code]).toEqual([409, 'job-state'])
    expect(await (await send('POST', `/jobs/${id}/retry`)).json()).toMatchObject({
      current_status: { status: 'pending' }
    })
    expect(await (await send('PATCH', `/jobs/${id}`, { priority: 9 })).json()).toMatchObject({ priority: 9 })
    expect((await send('DELETE', `/jobs/${id}`)).status).toBe(204)
    const listed = await get('/jobs?limit=200')
    expect(listed.jobs.some(({ job_id }: { job_id: string }) => job_id === id)).toBe(false)
  })

  it('says what a job has not yet', async () => {
    const id = await order()
    for (const path of ['result', 'best', 'report']) {
      const answer = await test.fetch(`/jobs/${id}/${path}`)
      expect([answer.status, (await answer.json()).code]).toEqual([409, 'job-state'])
    }
    expect((await test.fetch(`/jobs/${id}/attempts/1/image`)).status).toBe(404)
    expect(await get(`/jobs/${id}/ledger`)).toEqual({ job_id: id, attempts: [], final: null, best: null })
  })

  it('tells what happens to a job until it ends', async () => {
    const id = await order()
    const answer = await test.fetch(`/jobs/${id}/events`)
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const told = answer.text()
    await send('POST', `/jobs/${id}/cancel`)
    const text = await told
    const statuses = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '').status)
    expect([statuses[0], statuses.at(-1)]).toEqual(['pending', 'cancelled'])
    expect(await (await test.fetch(`/jobs/${id}/events`)).text()).toContain('"status":"cancelled"')
  })

  it('refuses orders while the queue is full, and says when to come again', async () => {
    const small = await openTestServer({ settings: { queueLength: 3 } })
    try {
      const statuses: number[] = []
      for (let each = 0; each < 3; each += 1) {
        const taken = await small.fetch('/jobs', { method: 'POST', body: await jobForm() })
        statuses.push(taken.status)
      }
      expect(statuses).toEqual([200, 200, 200])
      const refused = await small.fetch('/jobs', { method: 'POST', body: await jobForm() })
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await refused.json()).toMatchObject({ code: 'queue-full' })
      expect((await small.studio.jobs.counts()).pending).toBe(3)
    } finally {
      await small.close()
    }
  })

  it('gives figures to Prometheus and describes itself', async () => {
    const figures = await (await test.fetch('/metrics')).text()
    const { pending } = await test.studio.jobs.counts()
    expect(pending).toBeGreaterThan(0)
    expect(figures).toContain(`apex_queue_pending_jobs ${pending}\n`)
    expect(figures).toContain('route="/jobs/:id"')
    const described = await get('/openapi.json')
    expect(described.openapi).toBe('3.1.0')
    expect(described.paths['/jobs'].post.requestBody.content['multipart/form-data'].schema.required).toEqual([
      'image_file',
      'parameters'
    ])
    const page = await (await test.fetch('/docs')).text()
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '')
    expect(loaded.length).toBeGreaterThan(3)
    expect(loaded.filter((address) => /^https?:|^\/\//.test(address))).toEqual([])
    for (const address of loaded) expect((await test.fetch(address)).status, address).toBe(200)
  })
})

it('limits the rate of each caller where it is asked to', async () => {
  const limited = await openTestServer({ settings: { requestsPerMinute: 5 } })
  try {
    const statuses = []
    for (let each = 0; each < 7; each += 1) statuses.push(await limited.fetch('/jobs'))
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429])
    const last = statuses.at(-1)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last?.json()).toMatchObject({ code: 'too-many-requests' })
  } finally {
    await limited.close()
  }
})
