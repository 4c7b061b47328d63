import { readdir, readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestServer, type TestServer } from './http-server.fixture.ts'
import { jobForm, photo, SAMPLE } from './jobs/job-form.fixture.ts'

const PHOTO_BYTES = 1_000_000
let test: TestServer
let temporary: string[]

beforeAll(async () => {
  test = await openTestServer({ settings: { photoBytes: PHOTO_BYTES, photos: 3, stallMs: 600 } })
  temporary = await ours()
})
afterEach(async () => {
  // Whatever was sent: it lives, no fault is its own, and nothing of it lies about.
  expect((await test.fetch('/health')).status).toBe(200)
  expect(test.faults).toEqual([])
  await expect.poll(() => readdir(join(test.folder, 'data', 'artifacts', 'incoming')), { timeout: 5_000 }).toEqual([])
  expect(await ours()).toEqual(temporary)
  expect((await test.studio.jobs.list({ limit: 1 })).items).toEqual([])
})
afterAll(() => test.close())

const ours = async () => (await readdir(tmpdir())).filter((name) => /^apex-(report|delivery|upload)/.test(name)).sort()

async function problemOf(answer: Response, status: number, code: string) {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(await answer.json()).toMatchObject({ status, code, hint: expect.any(String) })
  expect(answer.status).toBe(status)
}

const postForm = async (form: FormData) => await test.fetch('/jobs', { method: 'POST', body: form })
const BOUNDARY = 'xYzZY'
const postText = (body: string, type = `multipart/form-data; boundary=${BOUNDARY}`) =>
  test.fetch('/jobs', { method: 'POST', body, headers: { 'content-type': type } })
const part = (name: string, value: string, more = '') =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
const END = `--${BOUNDARY}--\r\n`

/** A connection on which a request is written by hand. */
function socket(): Socket {
  return connect(Number(new URL(test.server.address).port), '127.0.0.1')
}
const head = (length: number) =>
  `POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: ${length}\r\n\r\n`
const photoPart = async () =>
  Buffer.concat([
    Buffer.from(part('image_file', '', '; filename="a.jpg"').slice(0, -2)),
    await readFile(SAMPLE),
    Buffer.from('\r\n')
  ])

describe('forms', () => {
  it.each([
    ['without a boundary', part('parameters', '{}') + END, 'multipart/form-data', 400],
    ['cut off in a header', `--${BOUNDARY}\r\nContent-Disp`, undefined, 400],
    ['cut off in a part', part('parameters', '{}'), undefined, 400],
    ['of nothing', '', undefined, 400],
    ['of rubbish', '\u0000\u0001 rubbish', undefined, 400],
    ['without parts', END, undefined, 400],
    ['without a photo', part('parameters', '{}') + END, undefined, 400],
    ['with a text for a photo', part('image_file', 'text') + part('parameters', '{}') + END, undefined, 400],
    ['with a name of every object', part('__proto__', '{}') + END, undefined, 400],
    ['with a constructor', part('constructor', '{}') + END, undefined, 400],
    ['of another type', '{}', 'application/json', 415],
    ['of plain text', 'parameters=1', 'text/plain', 415],
    ['of the simple kind', 'parameters=1', 'application/x-www-form-urlencoded', 415],
    ['of no type at all', 'x', 'nonsense', 415]
  ])('%s are refused', async (_what, body, type, status) => {
    await problemOf(await postText(body, type), status, status === 415 ? 'media-type-unsupported' : 'request-invalid')
  })

  it('that end within a photo are refused', async () => {
    const answer = await test.fetch('/jobs', {
      method: 'POST',
      body: await photoPart(),
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
    })
    await problemOf(answer, 400, 'request-invalid')
  })

  it.each([30, 300, 3_000])('with %i headers in one part are refused', async (count) => {
    const headers = Array.from({ length: count }, (_, index) => `X-${index}: y\r\n`).join('')
    const bytes = (await photoPart()).subarray(`--${BOUNDARY}\r\n`.length)
    const body = Buffer.concat([Buffer.from(`--${BOUNDARY}\r\n${headers}`), bytes, Buffer.from(END)])
    const answer = await test.fetch('/jobs', {
      method: 'POST',
      body,
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
    })
    await problemOf(answer, 400, 'request-invalid')
  })

  it('of ten thousand parts are refused', async () => {
    const body = Array.from({ length: 10_000 }, (_, index) => part(`field${index}`, 'x')).join('') + END
    await problemOf(await postText(body), 413, 'request-too-large')
  })

  it('with a field too long or too many photos are refused', async () => {
    const long = await jobForm({ parameters: `{"notes":"${'x'.repeat(70_000)}"}` })
    await problemOf(await postForm(long), 413, 'request-too-large')
    const photos = [await photo('1'), await photo('2'), await photo('3'), await photo('4')]
    await problemOf(await postForm(await jobForm({ photos })), 413, 'request-too-large')
  })

  it('with a photo over the limit are refused, and none of it is kept', async () => {
    const before = await stored()
    const large = new File([await readFile(SAMPLE), new Uint8Array(PHOTO_BYTES)], 'large.jpg')
    await problemOf(await postForm(await jobForm({ photos: [large] })), 413, 'request-too-large')
    expect(await stored()).toEqual(before)
  })

  it('that say they are over every limit are refused unread', async () => {
    const open = socket()
    open.write(head(10 * PHOTO_BYTES * 1000))
    expect(await text(open)).toMatch(/^HTTP\/1.1 413 .*request-too-large/s)
  })

  it('with a field twice are refused', async () => {
    const form = await jobForm()
    form.append('parameters', '{}')
    await problemOf(await postForm(form), 400, 'request-invalid')
  })

  it.each([
    ['seed', '1e3'],
    ['seed', '-1'],
    ['max_attempts', '0'],
    ['max_attempts', '{"$gt":""}'],
    ['priority', '99999'],
    ['face', '-1'],
    ['strictness', '{"size":"off"}'],
    ['strictness', 'hard'],
    ['unknown', 'x'],
    ['job_id', '1']
  ])('with %s = %s are refused', async (name, value) => {
    await problemOf(await postForm(await jobForm({ fields: { [name]: value } })), 400, 'request-invalid')
  })

  it.each([
    ['{', 400, 'request-invalid'],
    ['[]', 422, 'parameters-invalid'],
    ['null', 422, 'parameters-invalid'],
    ['"text"', 422, 'parameters-invalid'],
    ['{"purpose":5}', 422, 'parameters-invalid'],
    ['{"purpose":{"$gt":""}}', 422, 'parameters-invalid'],
    ['{"$where":"1"}', 422, 'parameters-invalid'],
    ['{"__proto__":{"purpose":"resume"}}', 422, 'parameters-invalid'],
    ['{"constructor":{"prototype":{}}}', 422, 'parameters-invalid'],
    ['{"resolution":"9k"}', 422, 'parameters-invalid'],
    [`${'['.repeat(20_000)}`, 400, 'request-invalid']
  ])('with the parameters %.30s are refused', async (parameters, status, code) => {
    await problemOf(await postForm(await jobForm({ parameters })), status, code)
    expect(Object.prototype).not.toHaveProperty('purpose')
  })
})

describe('photos', () => {
  const file = (bytes: BlobPart, name = 'a.jpg') => jobForm({ photos: [new File([bytes], name)] })

  it.each([
    ['empty', '', 422, 'file-empty'],
    ['text', 'hello, this is no photo', 415, 'file-unsupported'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 415, 'file-unsupported'],
    ['a page', '<!doctype html><script>alert(1)</script>', 415, 'file-unsupported'],
    ['an archive', 'PK\u0003\u0004rest of it', 415, 'file-unsupported']
  ])('%s are refused and not stored', async (_what, bytes, status, code) => {
    const before = await stored()
    await problemOf(await postForm(await file(bytes)), status, code)
    expect(await stored()).toEqual(before)
  })

  it.each([
    [50_000, 50_000, 413, 'image-too-large'],
    [2 ** 31 - 1, 2 ** 31 - 1, 413, 'image-too-large'],
    [10, 10, 422, 'image-too-small']
  ])('of %i × %i pixels in a few bytes are refused', async (width, height, status, code) => {
    await problemOf(await postForm(await file(tinyPng(width, height), 'bomb.png')), status, code)
  })

  it('sent as a compressed body are refused', async () => {
    const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-encoding': 'gzip' }
    const answer = await test.fetch('/jobs', { method: 'POST', body: 'x', headers })
    await problemOf(answer, 415, 'media-type-unsupported')
  })
})

describe('connections', () => {
  it('that do not say whom they ask are refused', async () => {
    const open = socket()
    open.write('GET /health HTTP/1.1\r\nConnection: close\r\n\r\n')
    expect(await text(open)).toMatch(/^HTTP\/1.1 400 .*request-invalid/s)
  })

  it('that stall are given up', async () => {
    const open = socket()
    open.write(head(500_000))
    open.write((await photoPart()).subarray(0, 30_000))
    expect(await text(open)).toMatch(/^HTTP\/1.1 408 .*request-timeout/s)
  })

  it('that are cut off leave nothing', async () => {
    for (const bytes of [0, 100, 5_000, 60_000]) {
      const open = socket()
      open.write(head(500_000))
      open.write((await photoPart()).subarray(0, bytes))
      await sleep(100)
      open.destroy()
    }
    await sleep(200)
  })

  it('that go before the answer leave nothing behind but what they ordered', async () => {
    const open = socket()
    const body = Buffer.concat([await photoPart(), Buffer.from(part('parameters', '{"purpose":"x"}') + END)])
    open.write(head(body.length))
    open.write(body)
    open.destroy()
    await sleep(300)
  })
})

describe('addresses', () => {
  it.each([
    '/jobs/nothing',
    '/jobs/..%2f..%2fetc%2fpasswd',
    '/jobs/%2e%2e%2f%2e%2e%2fstudio.db/result',
    '/jobs/a%00b',
    '/jobs/%7B%22$gt%22%3A%22%22%7D',
    '/jobs/__proto__',
    '/jobs/constructor/report',
    `/jobs/${'x'.repeat(90)}/events`
  ])('%s is a job that is not there', async (path) => {
    await problemOf(await test.fetch(path), 404, 'job-missing')
  })

  it.each([
    ['/jobs/%zz', 400],
    [`/jobs/${'x'.repeat(3000)}`, 400],
    ['/jobs/../../etc/passwd', 404],
    ['//jobs', 404],
    ['/jobs/x/attempts/0', 400],
    ['/jobs/x/attempts/1e9', 400],
    ['/jobs/x/attempts/NaN/image', 400],
    ['/docs/static/..%2f..%2f..%2fpackage.json', 404],
    ['/docs/static/%2e%2e/%2e%2e/package.json', 404]
  ])('%s leads nowhere', async (path, status) => {
    const answer = await test.raw(path, {})
    expect(answer.status).toBe(status)
    expect(answer.body).not.toContain('apex-portrait-studio"')
  })

  it.each([
    'status=done',
    'status[$gt]=',
    'status[$ne]=pending',
    '$where=1',
    'limit=0',
    'limit=1e9',
    'limit=-1',
    'cursor=',
    'unknown=1',
    '__proto__=1',
    'sort=__proto__',
    'failed_criterion=%00',
    'limit=1&limit=2'
  ])('the list refuses ?%s', async (query) => {
    await problemOf(await test.fetch(`/jobs?${query}`), 400, 'request-invalid')
  })

  it('the list refuses a cursor of somebody’s own making', async () => {
    for (const cursor of ['x', Buffer.from('{"$gt":""}').toString('base64url'), '\u0000', 'e30']) {
      const answer = await test.fetch(`/jobs?cursor=${encodeURIComponent(cursor)}`)
      await problemOf(answer, 400, 'option-invalid')
    }
  })
})

describe('JSON bodies', () => {
  const patch = (body: string, type = 'application/json') =>
    test.fetch('/jobs/x', { method: 'PATCH', body, headers: { 'content-type': type } })

  it.each([
    '{',
    '',
    'null',
    '[]',
    '{"priority":"1"}',
    '{"priority":1.5}',
    '{"priority":{"$gt":0}}',
    '{"priority":1,"__proto__":{}}',
    '{"priority":1,"constructor":{"prototype":{}}}',
    '{"priority":1,"status":"completed"}',
    '{"priority":1e999}'
  ])('%s is refused', async (body) => {
    await problemOf(await patch(body), 400, 'request-invalid')
  })

  it('of another type or over the limit are refused', async () => {
    await problemOf(await patch('{}', 'text/plain'), 415, 'media-type-unsupported')
    await problemOf(await patch('{}', 'multipart/form-data; boundary=x'), 415, 'media-type-unsupported')
    await problemOf(await patch(`{"priority":1,"x":"${'x'.repeat(1_100_000)}"}`), 413, 'request-too-large')
  })
})

async function stored(): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of test.studio.artifacts.list()) ids.push(id)
  return ids.sort()
}

/** A PNG that says it has so many pixels, and holds a few bytes: https://www.w3.org/TR/png-3/ */
function tinyPng(width: number, height: number): Uint8Array<ArrayBuffer> {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0))
  ])
}
