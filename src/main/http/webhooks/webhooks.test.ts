import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobRepository } from '../../store/job-repository.ts'
import { newJob } from '../../store/test-job.fixture.ts'
import { openTestServer, type TestServer } from '../http-server.fixture.ts'
import { jobForm } from '../jobs/job-form.fixture.ts'
import { signatureOf } from './post-webhook.ts'
import { WebhookSender } from './webhook-sender.ts'
import { pinTarget } from './webhook-target.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let receiver: Server
let address: string
let received: Received[]
/** What the receiver answers, in turn; then 204. */
let answers: { readonly status: number; readonly location?: string }[]

beforeEach(async () => {
  received = []
  answers = []
  receiver = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) })
    const { status, location } = answers.shift() ?? { status: 204 }
    response.writeHead(status, location === undefined ? {} : { location }).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/told`
})
afterEach(() => {
  receiver.closeAllConnections()
  receiver.close()
})

async function add(test: TestServer, url: string, events?: string[]) {
  const body = JSON.stringify({ url, ...(events && { events }) })
  return await test.fetch('/webhooks', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
}

async function cancelledJob(test: TestServer): Promise<string> {
  const { job_id: id } = await (await test.fetch('/jobs', { method: 'POST', body: await jobForm() })).json()
  expect((await test.fetch(`/jobs/${id}/cancel`, { method: 'POST' })).status).toBe(200)
  return id
}

describe('webhooks', () => {
  it('are told when a job ends, signed, and again until they take it', async () => {
    const test = await openTestServer({ settings: { privateWebhooks: true } })
    try {
      const made = await (await add(test, address)).json()
      await add(test, `${address}/never`, ['job.completed'])
      const listed = await (await test.fetch('/webhooks')).json()
      expect(JSON.stringify(listed)).not.toContain(made.secret)
      expect(listed.webhooks).toHaveLength(2)
      const id = await cancelledJob(test)
      await expect.poll(() => received.length, { timeout: 10_000 }).toBe(1)
      const [{ headers, body } = { headers: {}, body: '' }] = received
      expect(JSON.parse(body)).toMatchObject({
        type: 'job.cancelled',
        data: { job_id: id, current_status: { status: 'cancelled' } }
      })
      // The receiver's side of https://www.standardwebhooks.com, worked out by itself.
      const key = Buffer.from(String(made.secret).replace('whsec_', ''), 'base64')
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
      expect((await test.fetch(`/webhooks/${made.id}`, { method: 'DELETE' })).status).toBe(204)
      expect((await test.fetch(`/webhooks/${made.id}`, { method: 'DELETE' })).status).toBe(404)
      expect(test.faults).toEqual([])
    } finally {
      await test.close()
    }
  })

  it('are told of jobs that ended while no server ran, or whose process died at once', async () => {
    const test = await openTestServer({ routes: [] })
    const { studio } = test
    const secret = `whsec_${Buffer.from('key').toString('base64')}`
    const add = (_id: string) =>
      studio.webhooks.addresses.put({ _id, url: address, events: ['job.cancelled'], secret, createdAt: new Date() })
    const newSender = (jobs: Pick<JobRepository, 'untold' | 'told'>) =>
      new WebhookSender({ store: studio.webhooks, jobs, allowPrivate: true, onTrouble: () => undefined })
    const idsReceived = () => received.map(({ headers }) => headers['webhook-id'])
    await add('early')
    const job = await studio.jobs.create(newJob())
    await studio.jobs.cancel(job._id)
    await add('late')
    // Its first sender dies before it can say that it has passed the ending on.
    const dying = newSender({
      untold: (limit) => studio.jobs.untold(limit),
      told: () => Promise.reject(new Error('The process died.'))
    })
    const sender = newSender(studio.jobs)
    try {
      dying.start()
      await expect.poll(() => received.length, { timeout: 10_000 }).toBeGreaterThan(0)
      await dying.stop()
      sender.start()
      await expect.poll(async () => (await studio.jobs.untold(1)).length, { timeout: 10_000 }).toBe(0)
      await expect.poll(() => new Set(idsReceived()), { timeout: 10_000 }).toEqual(new Set([`msg_early_${job._id}_1`]))
      await studio.jobs.rate(job._id, null, { stars: 5 })
      await studio.jobs.resume(job._id)
      await studio.jobs.cancel(job._id)
      const all = [`msg_early_${job._id}_1`, `msg_early_${job._id}_2`, `msg_late_${job._id}_2`]
      await expect.poll(() => [...new Set(idsReceived())].sort(), { timeout: 10_000 }).toEqual(all)
    } finally {
      await dying.stop()
      await sender.stop()
      await test.close()
    }
  })

  it('try again after refusals, follow no redirect, and give up in the end', async () => {
    const test = await openTestServer({ routes: [] })
    const { studio } = test
    const troubles: unknown[] = []
    const sender = new WebhookSender({
      store: studio.webhooks,
      jobs: studio.jobs,
      allowPrivate: true,
      waitsMs: [10, 10],
      onTrouble: (error) => troubles.push(error.message)
    })
    try {
      const secret = `whsec_${Buffer.from('key').toString('base64')}`
      const webhook = { _id: 'w', url: address, events: ['job.failed' as const], secret, createdAt: new Date() }
      await studio.webhooks.addresses.put(webhook)
      const message = { webhookId: 'w', body: '{}', tries: 0, dueAt: new Date(0) }
      answers = [{ status: 500 }, { status: 302, location: `${address}/elsewhere` }, { status: 200 }]
      await studio.webhooks.enqueue({ ...message, _id: 'm1' })
      await studio.webhooks.enqueue({ ...message, _id: 'm1' })
      sender.start()
      await expect.poll(() => received.length, { timeout: 10_000 }).toBe(3)
      expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['m1']))
      expect(troubles).toHaveLength(2)
      answers = Array(10).fill({ status: 503 })
      await studio.webhooks.enqueue({ ...message, _id: 'm2' })
      await expect.poll(() => troubles.length, { timeout: 10_000 }).toBe(5)
      expect(await studio.webhooks.claim(new Date(Date.now() + 1e9), new Date())).toBeNull()
    } finally {
      await sender.stop()
      await test.close()
    }
  })

  it.each([
    'http://127.0.0.1/x',
    'http://localhost/x',
    'http://10.1.2.3/',
    'http://192.168.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://user:secret@93.184.216.34/',
    'http://no-such-name.invalid/'
  ])('cannot be %s', async (url) => {
    await expect(pinTarget(new URL(url), false)).rejects.toMatchObject({ code: 'webhook-refused' })
  })

  it('can be what anybody reaches', async () => {
    expect(await pinTarget(new URL('https://93.184.216.34/x'), false)).toEqual({ address: '93.184.216.34', family: 4 })
    expect(await pinTarget(new URL('https://[2606:4700::1111]/'), false)).toMatchObject({ family: 6 })
  })

  it('are refused over HTTP with a problem', async () => {
    const test = await openTestServer()
    try {
      for (const [url, status] of [
        ['http://127.0.0.1/', 422],
        ['ftp://93.184.216.34/', 400],
        ['nonsense', 400]
      ] as const) {
        expect((await add(test, url)).status, url).toBe(status)
      }
      expect((await add(test, 'https://93.184.216.34/', ['job.renamed'])).status).toBe(400)
    } finally {
      await test.close()
    }
  })
})

/** Test vector of the specification's reference libraries. */
it('signs as Standard Webhooks does', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' }
  const signature = signatureOf(message, 1_614_265_330, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})
