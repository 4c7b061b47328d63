import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { imageSize } from 'image-size'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { GenerateRequest, GeneratorAid, ImageGenerator, MadePicture } from '../../../domain/engine.ts'
import { StudioError } from '../../../domain/errors.ts'
import { parseParameters } from '../../../domain/parameters/parameters.ts'
import type { Progress } from '../../../domain/progress.ts'
import { createRemoteFlux } from '../../engines/remote-flux/remote-flux.ts'
import { ScratchFolders } from '../../jobs/scratch-folders.ts'
import type { HttpServer } from '../guarded-server.ts'
import { createModelServer } from '../model-server/create-model-server.ts'
import { fluxRoutes } from './flux-routes.ts'
import { PictureMaker } from './picture-maker.ts'

const PHOTO = 'resources/sample/eileen-collins.jpg'
const log = pino({ level: 'silent' })

/** What the engine was asked, and how a test has it answer. */
const asked: GenerateRequest[] = []
let answer: (request: GenerateRequest, signal: AbortSignal) => Promise<Buffer> = async () => Buffer.from('a picture')
/** What it shows of the picture as it forms. */
let preview: Buffer | null = null

const generator: ImageGenerator = {
  describe: async () => ({
    engine: 'scripted',
    version: '1',
    label: 'Scripted',
    kind: 'generative',
    abilities: [],
    reason: 'a test'
  }),
  async generate(request, { signal, onProgress }): Promise<MadePicture> {
    asked.push(request)
    if (preview) {
      const path = join(request.outputFolder, 'forming.jpg')
      await writeFile(path, preview)
      onProgress({ activity: 'Painting', done: 1, total: 2, withinMs: 1000, preview: path })
    }
    const path = join(request.outputFolder, 'made.png')
    await writeFile(path, await answer(request, signal))
    const size = { width: 1, height: 1 }
    return { path, mediaType: 'image/png', size, sourceDetail: null, limitations: [], notes: [] }
  },
  finish: async () => Promise.reject(new StudioError('internal', 'Nobody asks for it.'))
}
const aid: GeneratorAid = {
  async cropReference({ reference, outputPath }) {
    await writeFile(outputPath, await readFile(reference.path))
    return { width: 1, height: 1 }
  },
  async frameReference({ reference, outputPath, size }) {
    await writeFile(outputPath, await readFile(reference.path))
    return size
  },
  async frame({ path, size, outputPath }) {
    await writeFile(outputPath, Buffer.concat([await readFile(path), Buffer.from(` ${size.width}x${size.height}`)]))
    return size
  }
}

let folder: string
/** Of one process; all of a request is below it. */
const boot = `${process.pid}-flux-routes`
let folders: ScratchFolders
let maker: PictureMaker
const servers: HttpServer[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flux-routes-'))
  folders = new ScratchFolders(join(folder, 'requests'), { owner: 'here', bootId: boot })
  await folders.prepare()
  maker = new PictureMaker({ generator, aid, folders, queueLength: 1 })
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
  asked.length = 0
  answer = async () => Buffer.from('a picture')
  preview = null
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function open(apiKey?: string, making = maker): Promise<string> {
  const server = await createModelServer({
    host: '127.0.0.1',
    port: 0,
    apiKey,
    log,
    description: { title: 'Flux', version: '1', description: '' },
    register: (server) => server.add(fluxRoutes({ maker: making, folders, onFault: () => undefined }))
  })
  servers.push(server)
  return server.address
}

async function post(address: string, body: FormData | Record<string, unknown>, headers: Record<string, string> = {}) {
  const isForm = body instanceof FormData
  const response = await fetch(address, {
    method: 'POST',
    body: isForm ? body : JSON.stringify(body),
    headers: isForm ? headers : { 'content-type': 'application/json', ...headers }
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

async function form(fields: Record<string, string>, photoField = 'image[]'): Promise<FormData> {
  const made = new FormData()
  made.append(photoField, new Blob([await readFile(PHOTO)]), 'photo.jpg')
  for (const [name, value] of Object.entries(fields)) made.append(name, value)
  return made
}

/** Events of a stream, by their names. */
async function streamed(address: string, fields: Record<string, string>) {
  const body = await form({ stream: 'true', ...fields })
  const response = await fetch(`${address}/v1/images/edits`, { method: 'POST', body })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events = (await response.text()).matchAll(/^event: (.+)\ndata: (.+)$/gm)
  return [...events].map(([, event, data]) => ({ event, data: JSON.parse(data ?? '') }))
}

/** Once a request has ended nothing is left of what it brought and got. */
const expectNothingKept = () =>
  expect.poll(() => readdir(join(folder, 'requests', boot)), { timeout: 30_000 }).toEqual([])

const pictureOf = (body: { data: { b64_json: string }[] }) =>
  Buffer.from(body.data[0]?.b64_json ?? '', 'base64').toString()

describe('fluxRoutes', () => {
  it('makes pictures by OpenAI’s Images API', async () => {
    const address = await open()
    const seen: Buffer[] = []
    answer = async ({ references }) => {
      for (const { path } of references) seen.push(await readFile(path))
      return Buffer.from('a picture')
    }
    const fields = { prompt: 'in a forest', size: '832x1024', seed: '7', num_inference_steps: '4', guidance_scale: '2' }
    const { status, body } = await post(`${address}/v1/images/edits`, await form(fields))
    expect([status, pictureOf(body)]).toEqual([200, 'a picture 832x1024'])
    expect(asked[0]).toMatchObject({
      seed: 7,
      longEdge: 1024,
      parameters: { purpose: 'resume', background: 'forest' },
      brief: { prompt: 'in a forest', settings: { 'sampling.steps': 4, 'sampling.guidance': 2 } }
    })
    expect(seen).toEqual([await readFile(PHOTO)])
    await expectNothingKept()
  })

  it('keeps nothing of a request, whatever becomes of it', async () => {
    const address = await open()
    const at = `${address}/v1/images/edits`
    let isThere = false
    answer = async ({ references: [photo] }) => {
      isThere = (await readFile(photo?.path ?? '')).length > 0
      return Buffer.from('a picture')
    }
    expect((await streamed(address, { prompt: 'a' })).map(({ event }) => event)).toEqual(['image_edit.completed'])
    expect(isThere).toBe(true)
    await expectNothingKept()
    expect((await post(at, await form({ prompt: '' }))).status).toBe(400)
    await expectNothingKept()
    expect((await post(`${address}/generate`, await form({ prompt: 'a' }, 'image_file'))).status).toBe(200)
    await expectNothingKept()
    answer = async () => Promise.reject(new StudioError('engine-refused', 'Not this one.'))
    expect((await post(at, await form({ prompt: 'a' }))).status).toBe(422)
    await expectNothingKept()
    const [failed] = await streamed(address, { prompt: 'a' })
    expect([failed?.event, failed?.data.error.code]).toEqual(['error', 'engine-refused'])
    await expectNothingKept()
  })

  it('shows a picture as it forms, each at its own size', async () => {
    const address = await open()
    preview = await readFile(PHOTO)
    const [partial, completed] = await streamed(address, { prompt: 'a', size: '512x640', partial_images: '1' })
    const { width, height } = imageSize(preview)
    expect(partial).toMatchObject({
      event: 'image_edit.partial_image',
      data: { partial_image_index: 0, size: `${width}x${height}`, output_format: 'jpeg' }
    })
    expect(Buffer.from(partial?.data.b64_json, 'base64').equals(preview)).toBe(true)
    expect(completed).toMatchObject({ event: 'image_edit.completed', data: { size: '512x640', output_format: 'png' } })
  })

  it('keeps the previews until they have been read', async () => {
    preview = await readFile(PHOTO)
    let path: string | undefined
    let read: Buffer | undefined
    const watcher = {
      onProgress(progress: Progress) {
        path = progress.preview
      },
      async told() {
        read = await readFile(path ?? '')
      }
    }
    const make = await maker.admit({ prompt: 'a', pictures: [], size: { width: 64, height: 64 }, seed: 1 })
    await make(new AbortController().signal, watcher)
    expect(read?.equals(preview)).toBe(true)
    await expectNothingKept()
  })

  it('makes pictures as the seed system asks for them', async () => {
    const address = await open()
    const { status, body } = await post(`${address}/generate`, await form({ prompt: 'a', job_id: 'j1' }, 'image_file'))
    expect([status, body.job_id]).toEqual([200, 'j1'])
    expect(Buffer.from(body.image_base64, 'base64').toString()).toBe('a picture 1024x1024')
    expect(await (await fetch(`${address}/health`)).json()).toMatchObject({ status: 'healthy', model_loaded: true })
  })

  it('serves other studios, which find out what it speaks', async () => {
    const url = await open('secret')
    const server = { variable: 'FLUX_SERVER_URL' as const, url, apiKey: 'secret' }
    const remote = createRemoteFlux({ servers: [server], aid, log })
    const made = await remote.generator.generate(
      {
        references: [{ path: PHOTO, face: 0 }],
        parameters: parseParameters({ purpose: 'resume' }),
        brief: { prompt: 'a portrait', settings: {}, repairs: [] },
        seed: 41,
        longEdge: 1024,
        outputFolder: folder
      },
      { signal: new AbortController().signal, onProgress: () => undefined }
    )
    await remote.stop()
    expect((await readFile(made.path)).toString()).toBe('a picture 832x1024 819x1024')
    expect(asked[0]).toMatchObject({ seed: 42, brief: { prompt: 'a portrait' } })
  })

  it('asks for its key where it has one, and needs one where others reach it', async () => {
    const address = await open('secret')
    const order = { prompt: 'a' }
    const at = `${address}/v1/images/generations`
    expect((await post(at, order)).status).toBe(401)
    expect((await post(at, order, { authorization: 'Bearer wrong' })).status).toBe(401)
    const form = new FormData()
    expect((await post(`${address}/generate`, form, { authorization: 'Bearer wrong' })).status).toBe(403)
    expect((await fetch(`${address}/metrics`)).status).toBe(401)
    const { status, body } = await post(at, order, { authorization: 'Bearer secret' })
    expect([status, pictureOf(body)]).toEqual([200, 'a picture 1024x1024'])
    expect(asked[0]?.references).toEqual([])
    const description = { title: 'Flux', version: '1', description: '' }
    await expect(
      createModelServer({
        host: '0.0.0.0',
        port: 0,
        apiKey: undefined,
        log,
        description,
        register: async () => undefined
      })
    ).rejects.toMatchObject({ code: 'keys-required' })
  })

  it('takes a client’s key of any kind where it asks for none', async () => {
    const address = await open()
    expect((await fetch(`${address}/v1/models`, { headers: { authorization: 'Bearer EMPTY' } })).status).toBe(200)
  })

  it.each([
    ['from words alone where its engine keeps the pixels of a photo', { kind: 'photographic' }, 422, 'engine-refused'],
    ['where its engine can do nothing now', { unavailable: 'No model.' }, 503, 'engine-unavailable']
  ] as const)('makes nothing %s, and says so by the status, for a stream too', async (_, about, status, code) => {
    const describe = async () => ({ ...(await generator.describe()), ...about })
    const other = new PictureMaker({ generator: { ...generator, describe }, aid, folders, queueLength: 1 })
    const address = await open(undefined, other)
    for (const stream of [false, true]) {
      const refused = await post(`${address}/v1/images/generations`, { prompt: 'a', stream })
      expect([refused.status, refused.body.error.code]).toEqual([status, code])
    }
    expect([other.asked, asked]).toEqual([0, []])
  })

  it('refuses what it cannot make', async () => {
    const address = await open()
    const at = `${address}/v1/images/edits`
    for (const fields of [
      { prompt: '' },
      { prompt: 'a', size: '10x10' },
      { prompt: 'a', size: '9000x9000' },
      { prompt: 'a', size: 'large' },
      { prompt: 'a', n: '3' },
      { prompt: 'a', seed: '-1' },
      { prompt: 'a', num_inference_steps: 'many' },
      { prompt: 'a', response_format: 'url' },
      { prompt: 'a', output_format: 'webp' },
      { prompt: 'a', background: 'transparent' },
      { prompt: 'a', stream: 'perhaps' },
      { prompt: 'a', partial_images: '4' }
    ]) {
      const { status, body } = await post(at, await form(fields))
      expect([status, body.error.code], JSON.stringify(fields)).toEqual([400, 'request-invalid'])
    }
    expect((await post(at, await form({ prompt: 'a' }, 'mask'))).status).toBe(400)
    expect((await post(at, {})).status).toBe(415)
    expect(asked).toEqual([])
  })

  it('refuses orders that would wait too long, and makes none that nobody waits for', async () => {
    const address = await open()
    let begun = 0
    let bytes = 0
    answer = async ({ references: [photo] }, signal) => {
      begun += 1
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      // As an engine that does not stop at once: its photo stays until it has.
      await sleep(200)
      bytes = (await readFile(photo?.path ?? '')).length
      throw signal.reason
    }
    const leaving = new AbortController()
    const ask = async (fields: Record<string, string> = {}) => {
      const body = await form({ prompt: 'a', ...fields })
      return await fetch(`${address}/v1/images/edits`, { method: 'POST', body, signal: leaving.signal })
    }
    const first = ask({ stream: 'true' }).catch(() => null)
    await expect.poll(() => begun, { timeout: 30_000 }).toBe(1)
    const second = ask().catch(() => null)
    await expect.poll(() => maker.asked, { timeout: 30_000 }).toBe(2)
    for (const fields of [{ prompt: 'a' }, { prompt: 'a', stream: 'true' }]) {
      const refused = await post(`${address}/v1/images/edits`, await form(fields))
      expect([refused.status, refused.body.error.code]).toEqual([429, 'queue-full'])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    leaving.abort()
    await Promise.all([first, second])
    await expect.poll(() => maker.asked, { timeout: 30_000 }).toBe(0)
    expect([begun, bytes > 0]).toEqual([1, true])
    await expectNothingKept()
  })
})
