import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer } from './create-http-server.ts'
import { ApiKeys } from './guard/api-keys.ts'
import { openTestServer, type TestServer } from './http-server.fixture.ts'

const problem = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  return await answer.json()
}

describe('a server on loopback', () => {
  let test: TestServer
  beforeAll(async () => {
    test = await openTestServer({ settings: { headersMs: 500, requestMs: 1_000 } })
  })
  afterAll(() => test.close())

  it('tells how the studio is', async () => {
    const answer = await test.fetch('/health')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      status: 'running',
      services: { vllm_server: 'not configured', flux_server: 'not configured', database: 'connected' },
      queue: { pending: 0, oldest_pending_seconds: null, paused: false }
    })
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('answers mistakes with problem documents', async () => {
    const missing = await test.fetch('/nothing/here?x=1')
    expect(missing.status).toBe(404)
    expect(await problem(missing)).toMatchObject({
      code: 'address-unknown',
      status: 404,
      instance: '/nothing/here?x=1'
    })
    const wrong = await test.fetch('/health', { method: 'DELETE' })
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('GET, HEAD')
    expect(await problem(wrong)).toMatchObject({ code: 'method-not-allowed' })
    const packed = await test.fetch('/health', { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } })
    expect(packed.status).toBe(415)
  })

  it.each([
    ['evil.example', 421],
    ['127.0.0.1.evil.example:8001', 421],
    ['10.0.0.7', 421],
    ['localhost@evil.example', 421],
    ['LOCALHOST:1234', 200],
    ['[::1]:8001', 200]
  ])('knows its own name: %s', async (host, status) => {
    const answer = await test.raw('/health', { headers: { host } })
    expect(answer.status).toBe(status)
  })

  it.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://127.0.0.1:1' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
    [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 200]
  ])('refuses pages of other sites: %o', async (headers, status) => {
    expect((await test.raw('/health', { headers })).status).toBe(status)
  })

  it('takes its own pages', async () => {
    const { host } = new URL(test.server.address)
    expect((await test.raw('/health', { headers: { host, origin: `http://${host}` } })).status).toBe(200)
  })

  it.each([
    ['no request at all', 'hello\r\n\r\n', '400', 'request-invalid'],
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: localhost\r\n', '408', 'request-timeout'],
    ['a body that never comes', 'POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx', '4', 'code'],
    [
      'very long headers',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      '431|413',
      'request-too-large'
    ]
  ])('answers %s, and lives on', async (_what, sent, status, code) => {
    const socket = connect(Number(new URL(test.server.address).port), '127.0.0.1')
    socket.write(sent)
    const answer = await text(socket)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 (${status})`))
    expect(answer).toContain(code)
    expect((await test.fetch('/health')).status).toBe(200)
    expect(test.faults).toEqual([])
  })

  it('refuses a key that is none, though it needs none', async () => {
    const answer = await test.fetch('/nothing', { headers: { authorization: 'Bearer guess' } })
    expect([403, 404]).toContain(answer.status)
  })
})

describe('a server that others reach', () => {
  it('does not start without a key, and asks for one then', async () => {
    const test = await openTestServer()
    try {
      const { studio, api } = test
      const open = () => createHttpServer({ studio, api, host: '0.0.0.0', port: 0 })
      await expect(open()).rejects.toMatchObject({ code: 'keys-required' })
      const keys = new ApiKeys(studio.apiKeys)
      const { key, stored } = await keys.add('test', ['read'])
      const server = await open()
      const ask = (headers: Record<string, string>) =>
        fetch(`${server.address.replace('0.0.0.0', '127.0.0.1')}/nothing`, { headers })
      expect((await ask({})).status).toBe(401)
      expect((await ask({ authorization: `Bearer ${key}` })).status).toBe(404)
      expect((await ask({ 'x-api-key': key })).status).toBe(404)
      const wrong = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`
      expect((await ask({ authorization: `Bearer ${wrong}` })).status).toBe(403)
      expect((await fetch(`${server.address.replace('0.0.0.0', '127.0.0.1')}/health`)).status).toBe(200)
      await keys.revoke(stored._id)
      expect((await ask({ authorization: `Bearer ${key}` })).status).toBe(403)
      await server.close()
    } finally {
      await test.close()
    }
  })

  it('says that its port is taken', async () => {
    const test = await openTestServer()
    try {
      const { studio, api } = test
      const port = Number(new URL(test.server.address).port)
      await expect(createHttpServer({ studio, api, host: '127.0.0.1', port })).rejects.toMatchObject({
        code: 'address-in-use'
      })
    } finally {
      await test.close()
    }
  })
})
