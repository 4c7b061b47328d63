import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiKeys } from '../guard/api-keys.ts'
import { openTestServer, type TestServer } from '../http-server.fixture.ts'

let test: TestServer
beforeAll(async () => {
  // A server that others reach; only this machine asks it here.
  test = await openTestServer({
    host: '0.0.0.0',
    prepare: async ({ studio }) => void (await new ApiKeys(studio.apiKeys).add('test', ['read', 'write']))
  })
})
afterAll(() => test.close())

const enter = (token: string, headers: Record<string, string> = {}) =>
  test.fetch('/studio/enter', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token })
  })
const call = (headers: Record<string, string>) =>
  test.fetch('/studio/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ name: 'studio.describe', params: {}, task: null })
  })
const tokenOf = async () => (await test.api.browserAccess.makeLink('http://x')).url.replace('http://x/#enter=', '')
const cookieOf = (answer: Response) => answer.headers.get('set-cookie') ?? ''

describe('a server that others reach', () => {
  it('lets nobody in without cookie or key', async () => {
    for (const headers of [{}, { cookie: 'apex_studio=' }, { cookie: `apex_studio=${'a'.repeat(43)}` }]) {
      expect((await call(headers)).status).toBe(401)
    }
    for (const path of ['/studio/events', `/media/artifact/${'a'.repeat(64)}`, '/studio/written?path=/x']) {
      expect((await test.fetch(path)).status, path).toBe(401)
    }
    expect((await test.fetch('/studio/files?name=a.jpg', { method: 'PUT', body: 'x' })).status).toBe(401)
  })

  it('lets a browser in by a link, once', async () => {
    const token = await tokenOf()
    const entered = await enter(token)
    expect(entered.status).toBe(204)
    expect(cookieOf(entered)).toMatch(/^apex_studio=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/)
    const [cookie = ''] = cookieOf(entered).split(';')
    expect(await (await call({ cookie })).json()).toMatchObject({ ok: true, result: { desktop: false } })
    const again = await enter(token)
    expect([again.status, cookieOf(again)]).toEqual([401, ''])
    expect(await again.json()).toMatchObject({ code: 'browser-unknown' })
  })

  it('takes no token but those it made, and no link from a page of another site', async () => {
    const token = await tokenOf()
    for (const wrong of [`${token}x`, token.toLowerCase(), 'a'.repeat(43)])
      expect((await enter(wrong)).status).toBe(401)
    for (const wrong of ['', 'short', 'a'.repeat(101)]) expect((await enter(wrong)).status).toBe(400)
    expect((await enter(token, { origin: 'http://evil.example' })).status).toBe(403)
    expect((await enter(token)).status).toBe(204)
  })

  it('marks the cookie for TLS where the page came that way', async () => {
    const { host } = new URL(test.server.address.replace('0.0.0.0', '127.0.0.1'))
    expect(cookieOf(await enter(await tokenOf(), { origin: `https://${host}` }))).toContain('; Secure')
  })

  it('forgets browsers when it is told to, and tells them nothing more', async () => {
    const [cookie = ''] = cookieOf(await enter(await tokenOf())).split(';')
    const events = await test.fetch('/studio/events', { headers: { cookie } })
    const ended = events.text()
    await test.client.call('server.forgetBrowsers', {})
    await ended
    expect((await call({ cookie })).status).toBe(401)
    expect(await test.client.call('server.describe', {})).toMatchObject({ browsers: 0, apiKeys: 1 })
  })
})
