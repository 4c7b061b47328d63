import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { imageSize } from 'image-size'
import OpenAI from 'openai'
import type { Uploadable } from 'openai/core/uploads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeTinyFlux } from '../../../../scripts/models/tiny-flux/write-tiny-flux.ts'

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const PHOTO = beside('../../../../resources/sample/eileen-collins.jpg')
const KEY = 'k3y-of-the-test'

let folder: string
let server: ChildProcess
let address: string
let client: OpenAI

/** `apex-studio serve --role flux` in a process of its own, with a tiny FLUX.2 klein installed. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-openai-images-'))
  await writeTinyFlux(join(folder, 'models', 'flux2-klein-4b'), 'flux2-klein', { io: 'float32' })
  const { pid } = spawnSync(process.execPath, ['--eval', ''])
  const left = join(folder, 'flux-server', `${pid}-killed`)
  await mkdir(left, { recursive: true })
  await writeFile(join(left, 'photo'), 'of a client')
  const entry = beside('../serving-process.fixture.ts')
  const args = ['--import', 'tsx', entry, '--data', folder, 'serve', '--role', 'flux', '--port', '0']
  server = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MONGO_URI: '', FLUX_SERVER_URL: '', API_KEY: KEY }
  })
  if (!server.stderr) throw new Error('no stderr')
  for await (const line of createInterface(server.stderr)) {
    const said = /makes pictures at (http:\/\/\S+)/.exec(line)?.[1]
    if (said === undefined) continue
    address = said
    break
  }
  client = new OpenAI({ baseURL: `${address}/v1`, apiKey: KEY, maxRetries: 0 })
}, 120_000)
afterAll(async () => {
  server.kill('SIGINT')
  const [code] = await once(server, 'exit')
  expect(await readdir(join(folder, 'flux-server'))).toEqual([])
  await rm(folder, { recursive: true, force: true })
  expect(code).toBe(0)
})

/** Parameters beside OpenAI's own, which its client passes on as they are. */
const beyond = (more: Record<string, unknown>): object => more

const bytesOf = ({ data }: OpenAI.ImagesResponse) => Buffer.from(data?.[0]?.b64_json ?? '', 'base64')

const generate = async (seed: number, size = '512x640') => {
  const made = await client.images.generate({
    prompt: 'A portrait in a park.',
    size,
    ...beyond({ seed, num_inference_steps: 2 })
  })
  return bytesOf(made)
}

describe('the client of OpenAI, at a server of FLUX on this machine', { timeout: 240_000 }, () => {
  it('lists the engine', async () => {
    expect((await client.models.list()).data).toMatchObject([
      { id: 'flux', object: 'model', created: expect.any(Number) }
    ])
  })

  it('gets a picture from words, of its size, and the same one of the same seed', async () => {
    const [first, again, other] = [await generate(7), await generate(7), await generate(8)]
    expect(imageSize(first)).toMatchObject({ type: 'png', width: 512, height: 640 })
    expect(again.equals(first)).toBe(true)
    expect(other.equals(first)).toBe(false)
    expect(imageSize(await generate(7, '960x320'))).toMatchObject({ width: 960, height: 320 })
  })

  it('gets a picture from photos, each of which makes a difference', async () => {
    const edit = async (...image: Uploadable[]) => {
      const made = await client.images.edit({ image, prompt: 'A portrait.', size: '640x512', ...beyond({ seed: 3 }) })
      expect(made).toMatchObject({ size: '640x512', output_format: 'png' })
      return bytesOf(made)
    }
    const cloth = await OpenAI.toFile(await generate(9), 'cloth.png')
    const [one, both] = [await edit(createReadStream(PHOTO)), await edit(createReadStream(PHOTO), cloth)]
    expect(imageSize(both)).toMatchObject({ type: 'png', width: 640, height: 512 })
    expect(both.equals(one)).toBe(false)
  })

  it('sees a picture form', async () => {
    const stream = await client.images.edit({
      image: createReadStream(PHOTO),
      prompt: 'A portrait.',
      size: '512x512',
      stream: true,
      partial_images: 2
    })
    const events: OpenAI.ImageEditStreamEvent[] = []
    for await (const event of stream) events.push(event)
    expect(events.map(({ type }) => type)).toEqual([
      'image_edit.partial_image',
      'image_edit.partial_image',
      'image_edit.completed'
    ])
    const kinds = events.map(({ b64_json }) => imageSize(Buffer.from(b64_json, 'base64')).type)
    expect(kinds).toEqual(['jpg', 'jpg', 'png'])
    const sizes = events.map(({ b64_json }) => imageSize(Buffer.from(b64_json, 'base64')))
    expect(events.map(({ size }) => size)).toEqual(sizes.map(({ width, height }) => `${width}x${height}`))
    expect(events.flatMap((event) => ('partial_image_index' in event ? event.partial_image_index : []))).toEqual([0, 1])
  })

  it('sees a picture from words alone when it is made: parts of it need a photo', async () => {
    const asked = { prompt: 'A portrait.', size: '512x512', partial_images: 2 } as const
    const stream = await client.images.generate({ ...asked, stream: true })
    const events: OpenAI.ImageGenStreamEvent[] = []
    for await (const event of stream) events.push(event)
    expect(events.map(({ type }) => type)).toEqual(['image_generation.completed'])
    expect(imageSize(Buffer.from(events[0]?.b64_json ?? '', 'base64'))).toMatchObject({ type: 'png', width: 512 })
  })

  it('leaves no photo on the server’s drive, nor what a server that was killed left there', async () => {
    await client.images.edit({ image: createReadStream(PHOTO), prompt: 'A portrait.', size: '512x512' })
    const folders = await readdir(join(folder, 'flux-server'))
    expect(folders).toEqual([expect.stringMatching(`^${server.pid}-`)])
    await expect.poll(() => readdir(join(folder, 'flux-server', folders[0] ?? '')), { timeout: 60_000 }).toEqual([])
  })

  it('is told what is wrong, in a stream too', async () => {
    const two = client.images.generate({ prompt: 'A portrait.', n: 2 })
    await expect(two).rejects.toMatchObject({ status: 400, message: expect.stringContaining('one picture') })
    const address = client.images.generate({ prompt: 'A portrait.', response_format: 'url' })
    await expect(address).rejects.toMatchObject({ status: 400, message: expect.stringContaining('b64_json') })
    const none = await OpenAI.toFile(Buffer.from('no picture'), 'photo.jpg')
    const asked = { image: none, prompt: 'A portrait.' }
    await expect(client.images.edit(asked)).rejects.toMatchObject({ status: 415 })
    await expect(client.images.edit({ ...asked, stream: true })).rejects.toMatchObject({ status: 415 })
  })

  it('is told of what goes wrong once a stream has begun', async () => {
    // Its header is whole: only who decodes it finds out, when the answer has begun with 200.
    const broken = await OpenAI.toFile((await generate(9)).fill(0, 100), 'a.png')
    const stream = await client.images.edit({ image: broken, prompt: 'A portrait.', stream: true })
    const read = async () => {
      for await (const event of stream) expect(event.type).toBe('never')
    }
    const told = await read().catch((thrown: unknown) => thrown)
    expect(told).toBeInstanceOf(OpenAI.APIError)
    expect(told).toMatchObject({ code: 'image-damaged', type: 'invalid_request_error' })
  })

  it('is not let in without the key', async () => {
    const stranger = new OpenAI({ baseURL: `${address}/v1`, apiKey: 'another', maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
    await expect(stranger.images.generate({ prompt: 'A portrait.' })).rejects.toMatchObject({ status: 401 })
  })
})
