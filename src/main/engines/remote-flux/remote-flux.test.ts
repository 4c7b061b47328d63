import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GenerateRequest, GeneratorAid } from '../../../domain/engine.ts'
import type { ErrorCode } from '../../../domain/errors.ts'
import { parseParameters } from '../../../domain/parameters/parameters.ts'
import type { Progress } from '../../../domain/progress.ts'
import {
  type Misbehaviour,
  send,
  startFluxServer,
  type TestFluxServer,
  type TestFluxServerOptions
} from '../../testing/flux-server.fixture.ts'
import { REMOTE_FLUX_LIMITS } from './limits.ts'
import { createRemoteFlux, type RemoteFlux } from './remote-flux.ts'

const LIMITS = {
  ...REMOTE_FLUX_LIMITS,
  connectMs: 2_000,
  retryMs: { first: 5, longest: 20 },
  breaker: { failures: 50, restMs: 10 }
}
const PICTURE = Buffer.from('the picture')

/** Copies what it is given: pixels are tested where they are made. */
const aid: Pick<GeneratorAid, 'cropReference' | 'frame'> = {
  async cropReference({ reference, outputPath }) {
    await writeFile(outputPath, await readFile(reference.path))
    return { width: 1, height: 1 }
  },
  async frame({ path, size, outputPath }) {
    await writeFile(outputPath, await readFile(path))
    return size
  }
}

let folder: string
let photo: string
const open: { close(): Promise<void> }[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remote-flux-'))
  photo = join(folder, 'photo.jpg')
  await writeFile(photo, 'a photo')
  return () => rm(folder, { recursive: true, force: true })
})
let progress: Progress[]
beforeEach(() => {
  progress = []
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function server(options: Partial<TestFluxServerOptions> = {}): Promise<TestFluxServer> {
  const started = await startFluxServer({ protocol: 'images', make: () => PICTURE, ...options })
  open.push(started)
  return started
}

function flux(...urls: readonly string[]): RemoteFlux {
  const servers = urls.map((url) => ({ variable: 'FLUX_SERVER_URL' as const, url }))
  const made = createRemoteFlux({ servers, aid, log: pino({ level: 'silent' }), limits: LIMITS })
  open.push({ close: () => made.stop() })
  return made
}

function request(changes: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    references: [{ path: photo, face: 0 }],
    parameters: parseParameters({ purpose: 'resume' }),
    brief: { prompt: 'a portrait', negativePrompt: 'text', settings: {}, repairs: [] },
    seed: 0,
    longEdge: 1024,
    outputFolder: folder,
    ...changes
  }
}

const context = (signal = new AbortController().signal) => ({
  signal,
  onProgress: (each: Progress) => void progress.push(each)
})

describe('createRemoteFlux', () => {
  it('has an Images API edit the reference, with size, seed, steps and guidance', async () => {
    const at = await server()
    const settings = { 'sampling.steps': 8, 'sampling.guidance': 3.5 }
    const brief = { prompt: 'a portrait', negativePrompt: 'text', settings, repairs: [] }
    const references = [photo, photo].map((path) => ({ path, face: null }))
    const made = await flux(at.url).generator.generate(request({ references, brief, seed: 41 }), context())
    expect(made).toMatchObject({ size: { width: 819, height: 1024 }, sourceDetail: null, notes: [] })
    expect(await readFile(made.path)).toEqual(PICTURE)
    const [order] = at.orders
    expect(order).toMatchObject({
      path: '/v1/images/edits',
      fields: {
        model: 'flux',
        prompt: 'a portrait',
        negative_prompt: 'text',
        size: '832x1024',
        n: '1',
        seed: '42',
        num_inference_steps: '8',
        guidance_scale: '3.5',
        response_format: 'b64_json'
      }
    })
    expect(order?.pictures.map(String)).toEqual(['a photo', 'a photo'])
    expect(progress.every(({ withinMs }) => withinMs > 0)).toBe(true)
  })

  it('asks one that takes no photos for a picture from words, and says so', async () => {
    const at = await server({ protocol: 'images-without-edits' })
    const { generator } = flux(at.url)
    const made = await generator.generate(request(), context())
    expect(at.orders[0]).toMatchObject({ path: '/v1/images/generations', fields: { seed: '1' }, pictures: [] })
    expect(made.notes.join()).toContain('not shown the photo')
    expect((await generator.describe()).abilities.join()).toContain('no photo')
  })

  it('speaks the seed system’s own protocol', async () => {
    const at = await server({ protocol: 'seed' })
    const made = await flux(at.url).generator.generate(request(), context())
    expect(at.orders[0]).toMatchObject({ path: '/generate', fields: { prompt: 'a portrait', guidance_scale: '2.5' } })
    expect(at.orders[0]?.pictures.map(String)).toEqual(['a photo'])
    expect(made.notes.join()).toContain('seed')
  })

  it('leaves out what a server does not know, and says what that means', async () => {
    const at = await server({ unknownFields: ['seed', 'negative_prompt'] })
    const { generator } = flux(at.url)
    const made = await generator.generate(request(), context())
    expect(at.orders[0]?.fields).not.toHaveProperty('seed')
    expect(made.notes.join()).toContain('takes no seed')
    await generator.generate(request(), context())
    expect(at.orders).toHaveLength(2)
  })

  it('tries again after faults that pass, and asks another server where one is away', async () => {
    const at = await server()
    at.next(
      (response) => send(response, 500, { error: 'a fault' }),
      (response) => send(response, 429, { error: 'busy' }, { 'retry-after': '0' })
    )
    await flux('http://127.0.0.1:9', at.url).generator.generate(request(), context())
    expect(at.orders).toHaveLength(3)
  })

  const faults: readonly (readonly [how: string, code: ErrorCode, misbehave: Misbehaviour])[] = [
    ['hangs up', 'engine-unavailable', (response) => response.destroy()],
    ['is overloaded for long', 'engine-unavailable', (response) => send(response, 503, {}, { 'retry-after': '600' })],
    ['refuses the order', 'engine-refused', (response) => send(response, 400, { error: { message: 'too rude' } })],
    ['answers with no picture', 'engine-output-invalid', (response) => send(response, 200, { data: [] })],
    ['answers with half of one', 'engine-output-invalid', (response) => response.end('{"data":[{"b64_json":"iVBOR')],
    ['answers with a page', 'engine-output-invalid', (response) => response.end('<html>')]
  ]
  it.each(faults)('names what is wrong with a server that %s', async (_how, code, misbehave) => {
    const at = await server()
    at.next(...Array.from({ length: 6 }, () => misbehave))
    await expect(flux(at.url).generator.generate(request(), context())).rejects.toMatchObject({ code })
  })

  it('goes where it was named and nowhere else', async () => {
    const other = await server()
    const at = await server()
    at.next(
      ...Array.from({ length: 3 }, () => (response: Parameters<typeof send>[0]) => {
        response.writeHead(307, { location: `${other.url}/v1/images/edits` }).end()
      })
    )
    await expect(flux(at.url).generator.generate(request(), context())).rejects.toMatchObject({
      code: 'engine-unavailable'
    })
    expect(other.orders).toEqual([])
  })

  it('stops at once when it is cancelled', async () => {
    const at = await server()
    const cancelling = new AbortController()
    at.next(() => cancelling.abort())
    await expect(flux(at.url).generator.generate(request(), context(cancelling.signal))).rejects.toMatchObject({
      code: 'cancelled'
    })
  })

  it('gives each of several servers its share', async () => {
    const waiting: (() => void)[] = []
    const make = async () => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return PICTURE
    }
    const both = [await server({ make }), await server({ make })]
    const { generator } = flux(...both.map(({ url }) => url))
    const working = [1, 2].map((seed) => generator.generate(request({ seed }), context()))
    await expect.poll(() => waiting.length, { timeout: 30_000 }).toBe(2)
    for (const go of waiting) go()
    await Promise.all(working)
    expect(both.map(({ orders }) => orders.length)).toEqual([1, 1])
  })

  it('says that it is away, whoever answers instead', async () => {
    const page = await server({ protocol: 'images' })
    await page.close()
    open.splice(0)
    await expect(flux(page.url).generator.generate(request(), context())).rejects.toMatchObject({
      code: 'engine-unavailable'
    })
  })

  it('has the delivered size of an attempt without asking the server again', async () => {
    const at = await server()
    const { generator } = flux(at.url)
    const made = await generator.finish({ ...request({ longEdge: 2048 }), attemptPath: photo }, context())
    expect(made.size).toEqual({ width: 1638, height: 2048 })
    expect(at.orders).toEqual([])
  })
})
