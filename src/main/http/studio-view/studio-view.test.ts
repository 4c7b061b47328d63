import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { EventSource } from 'eventsource'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STUDIO_CALL_NAMES, STUDIO_CALLS_BY_NAME } from '../../../contract/studio/calls.ts'
import { createStudioClient, type StudioClient } from '../../../contract/studio/client.ts'
import { createHttpTransport } from '../../../contract/studio/http-transport.ts'
import { openTestServer, type TestServer } from '../http-server.fixture.ts'

const DEMO = fileURLToPath(new URL('../../../../node_modules/@vladmandic/face-api/demo/', import.meta.url))

let page: string
let test: TestServer
let studio: StudioClient
beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'apex-page-'))
  await writeFile(join(page, 'index.html'), '<meta property="csp-nonce" nonce="STUDIO_CSP_NONCE">')
  await mkdir(join(page, 'assets'))
  await writeFile(join(page, 'assets', 'main-a1b2.js'), 'export {}')
  await writeFile(join(page, 'secret.txt'), 'not an asset')
  test = await openTestServer({ pageFolder: page })
  studio = clientOf(test)
})
afterAll(async () => {
  await test.close()
  await rm(page, { recursive: true, force: true })
})

function clientOf({ server }: TestServer): StudioClient {
  return createStudioClient(createHttpTransport({ base: `${server.address}/`, fetch, EventSource }))
}

async function sent(name: string, bytes: Buffer | string, into?: string): Promise<string> {
  const query = new URLSearchParams({ name, ...(into === undefined ? {} : { into }) })
  const answer = await test.fetch(`/studio/files?${query}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(Buffer.from(bytes))
  })
  const body: unknown = await answer.json()
  if (answer.status !== 201) throw Object.assign(new Error('refused'), { body })
  return STUDIO_CALLS_BY_NAME['presets.import'].params.parse(body).path
}

async function placed(name: string | null): Promise<string> {
  const answer = await test.fetch('/studio/places', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name })
  })
  return STUDIO_CALLS_BY_NAME['presets.import'].params.parse(await answer.json()).path
}

const exchanged = () => readdir(join(test.studio.dataFolder, 'exchange')).catch(() => [])
const written = (path: string) => test.fetch(`/studio/written?path=${encodeURIComponent(path)}`)

describe('the page', () => {
  it('comes with a policy whose nonce is new each time, and is never kept', async () => {
    const [one, two] = [await test.fetch('/'), await test.fetch('/')]
    const nonceOf = async (answer: Response) => /nonce="([^"]+)"/.exec(await answer.text())?.[1] ?? ''
    const nonces = [await nonceOf(one), await nonceOf(two)]
    expect(new Set(nonces).size).toBe(2)
    expect(one.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonces[0]}'`)
    expect(one.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';")
    expect(one.headers.get('cache-control')).toBe('no-store')
    expect(one.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('has assets that are kept for ever, and nothing beside them', async () => {
    const asset = await test.fetch('/assets/main-a1b2.js')
    expect([asset.status, await asset.text()]).toEqual([200, 'export {}'])
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(asset.headers.get('content-type')).toMatch(/^(text|application)\/javascript/)
    for (const path of [
      '/secret.txt',
      '/assets/..%2fsecret.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/',
      '/index.html',
      '/assets/main-a1b2.js%00'
    ]) {
      expect((await test.raw(path, {})).status, path).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('the studio’s calls over HTTP', () => {
  it('are all answered, those of a window with the reason why not', async () => {
    for (const name of STUDIO_CALL_NAMES) {
      const answer = await test.fetch('/studio/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, params: {}, task: null })
      })
      expect(answer.status, name).toBe(200)
      const body = (await answer.json()) as { ok: boolean; error: { code: string } }
      const { where } = STUDIO_CALLS_BY_NAME[name]
      if (where === 'desktop') expect(body.error.code, name).toBe('desktop-only')
      else if (!body.ok) expect(body.error.code, name).toMatch(/^(call-invalid|server-off)$/)
      if (!body.ok) expect(JSON.stringify(body), name).not.toContain('"stack"')
    }
  })

  it('raise errors as the studio does, and refuse what is no call', async () => {
    await expect(studio.call('jobs.get', { id: 'nobody' })).rejects.toMatchObject({ code: 'job-missing' })
    for (const body of ['', '{', '[]', '{"name":"jobs.get"}', '{"name":7,"params":{},"task":null}', 'null']) {
      const answer = await test.fetch('/studio/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body
      })
      expect([answer.status, answer.headers.get('content-type')], body).toEqual([400, 'application/problem+json'])
    }
    const operator = await test.fetch('/studio/call', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"jobs.get","params":{"id":{"$gt":""}},"task":null}'
    })
    expect(await operator.json()).toMatchObject({ ok: false, error: { code: 'call-invalid' } })
  })

  it('take photos that were sent before, and keep no copy of what was sent', async () => {
    const paths = [
      await sent('Анна Ёж.jpg', await readFile(join(DEMO, 'sample2.jpg'))),
      await sent('../../notes.jpg', 'not a photo')
    ]
    const { accepted, rejected } = await studio.call('photos.import', {
      sources: paths.map((path) => ({ kind: 'path', path }))
    })
    expect(accepted.map(({ name }) => name)).toEqual(['Анна Ёж.jpg'])
    expect(rejected.map(({ name, error }) => [name, error.code])).toEqual([['notes.jpg', 'file-unsupported']])
    expect(await exchanged()).toEqual([])
    const thumbnail = await test.fetch(
      new URL(studio.address({ kind: 'thumbnail', id: accepted[0]?.artifact ?? '', edge: 160 })).href.replace(
        test.server.address,
        ''
      )
    )
    expect([thumbnail.status, thumbnail.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(thumbnail.headers.get('cache-control')).toMatch(/^private, max-age=/)
  })

  it('take a folder that was sent, with files of one name', async () => {
    const folder = await placed(null)
    const bytes = await readFile(join(DEMO, 'sample3.jpg'))
    await sent('a.jpg', bytes, folder)
    await sent('A.jpg', await readFile(join(DEMO, 'sample4.jpg')), folder)
    const { accepted } = await studio.call('photos.import', { sources: [{ kind: 'path', path: folder }] })
    expect(accepted.map(({ name }) => name).sort()).toEqual(['A-2.jpg', 'a.jpg'])
    expect(await exchanged()).toEqual([])
  })

  it('tell progress and can be cancelled', async () => {
    const sources = []
    for (const n of [3, 4, 5, 6]) {
      const path = await sent(`${n}.jpg`, await readFile(join(DEMO, `sample${n}.jpg`)))
      sources.push({ kind: 'path' as const, path })
    }
    const stop = studio.subscribe('notice', () => undefined)
    const abort = new AbortController()
    const importing = studio.call(
      'photos.import',
      { sources },
      { signal: abort.signal, onProgress: () => abort.abort() }
    )
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' })
    stop()
  })

  it('write files that the browser downloads, one as it is, several in a ZIP', async () => {
    const preset = await studio.call('presets.save', { name: 'Team', settings: {} })
    const path = await placed('Presets für Ö.json')
    await studio.call('presets.export', { ids: [preset._id], path })
    const one = await written(path)
    expect(one.headers.get('content-disposition')).toContain("filename*=UTF-8''Presets%20f%C3%BCr%20%C3%96.json")
    expect(await one.json()).toMatchObject({ kind: 'apex-portrait-presets' })
    const folder = await placed(null)
    await sent('a.txt', 'one', folder)
    await sent('b.txt', 'two', folder)
    const several = await written(folder)
    expect(several.headers.get('content-type')).toBe('application/zip')
    expect(
      Buffer.from(await several.arrayBuffer())
        .subarray(0, 2)
        .toString()
    ).toBe('PK')
  })
})

describe('what a browser may not', () => {
  const outside = () => [
    '/etc/passwd',
    join(test.studio.dataFolder, 'studio.db'),
    join(test.studio.dataFolder, 'exchange', '..', 'studio.db'),
    join(test.studio.dataFolder, 'exchange'),
    `${join(test.studio.dataFolder, 'exchange', '0'.repeat(32))}/../../studio.db`,
    'relative.jpg',
    `\\\\server\\share`
  ]

  it('is to name files of the studio’s machine', async () => {
    for (const path of outside()) {
      const calls = [
        studio.call('photos.import', { sources: [{ kind: 'path', path }] }),
        studio.call('backdrops.import', { source: { kind: 'path', path } }),
        studio.call('presets.import', { path }),
        studio.call('presets.export', { ids: ['a'], path }),
        studio.call('delivery.report', { jobId: 'a', format: 'html', path }),
        studio.call('delivery.readProofing', { path }),
        studio.call('watch.add', { folder: path, presetId: null, subfolders: true, enabled: true }),
        studio.call('settings.set', { change: { exportFolder: path } })
      ]
      for (const call of calls) await expect(call, path).rejects.toMatchObject({ code: 'call-refused' })
      expect((await written(path)).status, path).toBe(404)
      await expect(sent('x.jpg', 'x', path), path).rejects.toMatchObject({ body: { code: 'call-refused' } })
    }
    expect((await studio.call('settings.get', {})).exportFolder).toBeNull()
  })

  it('is to be told it stands at the studio’s window', async () => {
    expect(await studio.call('studio.describe', {})).toMatchObject({ desktop: false })
  })

  it('is to send nothing, or to leave something behind when it breaks off', async () => {
    await expect(sent('a.jpg', '')).rejects.toMatchObject({ body: { code: 'file-empty' } })
    const abort = new AbortController()
    let chunks = 0
    const endless = new ReadableStream({
      async pull(controller) {
        controller.enqueue(new Uint8Array(65_536))
        await sleep(20)
        if (controller.desiredSize === null || chunks++ > 3) abort.abort()
      }
    })
    const sending = test.fetch('/studio/files?name=b.jpg', {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: endless,
      signal: abort.signal,
      // @ts-expect-error Node's fetch needs it for a stream; the types do not know it yet.
      duplex: 'half'
    })
    await expect(sending).rejects.toThrow()
    await expect
      .poll(async () => {
        const names = await readdir(join(test.studio.dataFolder, 'exchange'), { recursive: true })
        return names.filter((name) => /[ab]\.jpg$/.test(name))
      })
      .toEqual([])
    const form = await test.fetch('/studio/files?name=c.jpg', { method: 'PUT', body: new FormData() })
    expect(form.status).toBe(415)
  })

  it('is to ask for pictures by anything but their address', async () => {
    for (const path of [
      '/media/artifact/..%2f..%2fstudio.db',
      '/media/artifact/%2e%2e',
      `/media/thumbnail/${'a'.repeat(64)}?edge=161`,
      `/media/thumbnail/${'a'.repeat(64)}?edge=1e3`,
      '/media/file/etc',
      `/media/artifact/${'A'.repeat(64)}`,
      '/media/swatch/..',
      `/media/artifact/${'a'.repeat(64)}`
    ]) {
      expect((await test.raw(path, {})).status, path).toBe(404)
    }
  })

  it.each([
    ['another name for this machine', { host: 'evil.example:80' }, 421],
    ['a page of another site', { origin: 'http://evil.example' }, 403],
    ['a picture on a page of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403]
  ])('is to come by %s', async (_what, headers, status) => {
    for (const path of ['/studio/events', `/media/artifact/${'a'.repeat(64)}`, '/studio/written?path=/x']) {
      expect((await test.raw(path, { headers })).status, path).toBe(status)
    }
    expect((await test.raw('/studio/call', { method: 'POST', headers })).status).toBe(status)
  })
})

describe('events', () => {
  it('are told, and go on where the connection was cut off', async () => {
    const heard: number[] = []
    const stop = studio.subscribe('settings.changed', ({ binDays }) => heard.push(binDays))
    await expect
      .poll(async () => {
        await studio.call('settings.set', { change: { binDays: 11 } })
        return heard.at(-1)
      })
      .toBe(11)
    stop()
    const first = await stream()
    await studio.call('settings.set', { change: { binDays: 12 } })
    const id = /^id: (\S+)$/m.exec(await first.until('"binDays":12'))?.[1] ?? ''
    first.end()
    await studio.call('settings.set', { change: { binDays: 13 } })
    const second = await stream({ 'last-event-id': id })
    expect(await second.until('"binDays":13')).not.toContain('missed')
    second.end()
    const stranger = await stream({ 'last-event-id': 'another.7' })
    expect(await stranger.until('missed')).toContain('event: missed')
    stranger.end()
  })

  async function stream(headers: Record<string, string> = {}) {
    const abort = new AbortController()
    const answer = await test.fetch('/studio/events', { headers, signal: abort.signal })
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    return {
      async until(wanted: string) {
        while (!text.includes(wanted)) {
          const read = await reader?.read()
          if (!read || read.done) break
          text += read.value
        }
        return text
      },
      end: () => abort.abort()
    }
  }
})
