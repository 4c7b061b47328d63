import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MockAgent } from 'undici'
import { expect, it } from 'vitest'
import { toStudioError } from '../../../domain/errors.ts'
import { hubDispatcher } from './hub-dispatcher.ts'
import { askHub } from './hub-request.ts'
import { retryAfterMs } from './retry.ts'

const never = new AbortController().signal

it('follows no endless chain, and nothing that is no web address', async () => {
  const server = createServer((request, response) => {
    const location = request.url === '/loop' ? '/loop' : request.url === '/file' ? 'file:///etc/passwd' : '/loop'
    response.writeHead(302, { location }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dispatcher = hubDispatcher()
  const access = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 't',
    dispatcher,
    silenceMs: 30_000
  }
  for (const path of ['/loop', '/file']) {
    const failure = await askHub(access, path, {}, never).catch(toStudioError)
    expect(failure).toMatchObject({ code: 'hub-answer-invalid' })
  }
  await dispatcher.destroy()
  server.close()
})

it('leaves no encryption behind', async () => {
  const agent = new MockAgent()
  agent.disableNetConnect()
  agent
    .get('https://hub.example')
    .intercept({ path: '/file' })
    .reply(302, '', { headers: { location: 'http://hub.example/file' } })
  const access = { endpoint: 'https://hub.example', token: 't', dispatcher: agent, silenceMs: 30_000 }
  const failure = await askHub(access, '/file', {}, never).catch(toStudioError)
  expect(failure).toMatchObject({ code: 'hub-answer-invalid' })
})

it('reads how long a server wants to be left alone', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(retryAfterMs('7', now)).toBe(7000)
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000)
  expect(retryAfterMs('Thu, 01 Jan 2025 00:00:30 GMT', now)).toBe(0)
  expect(retryAfterMs('soon', now)).toBeNull()
  expect(retryAfterMs(undefined, now)).toBeNull()
})
