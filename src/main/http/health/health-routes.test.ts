import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { writeTinyFlux } from '../../../../scripts/models/tiny-flux/write-tiny-flux.ts'
import { buildTinyVlm } from '../../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_JUDGE } from '../../../../scripts/models/tiny-vlm/sample-tiny-vlm.ts'
import { type ModelListServer, openModelListServer } from '../../engines/model-list-server.fixture.ts'
import { ApiKeys } from '../guard/api-keys.ts'
import { openTestServer } from '../http-server.fixture.ts'

let server: ModelListServer
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-health-'))
  server = await openModelListServer('SmolVLM2')
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

it('asks the model servers that are set, and is degraded where one is another', async () => {
  const test = await openTestServer({ variables: { VLLM_SERVER_URL: server.url, FLUX_SERVER_URL: server.url } })
  try {
    const answer = await test.fetch('/health')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      status: 'degraded',
      services: { vllm_server: 'connected', flux_server: 'disconnected', database: 'connected' }
    })
  } finally {
    await test.close()
  }
})

it('is well where the one that is set answers', async () => {
  const test = await openTestServer({ variables: { VLLM_SERVER_URL: server.url } })
  try {
    expect(await (await test.fetch('/health')).json()).toMatchObject({
      status: 'running',
      services: { vllm_server: 'connected', flux_server: 'not configured' },
      engines: expect.arrayContaining([
        {
          port: 'vlm',
          engine: 'remote',
          label: 'vision-language model',
          state: 'idle',
          models: ['SmolVLM2'],
          error: null
        }
      ])
    })
  } finally {
    await test.close()
  }
})

it('names each engine with its state and its models, and starts none for that', async () => {
  const models = join(folder, 'data', 'models')
  await buildTinyVlm(join(models, 'tiny-judge'), TINY_JUDGE)
  await writeTinyFlux(join(models, 'flux2-klein-4b'), 'flux2-klein', { io: 'float32' })
  const test = await openTestServer({ folder, variables: { VLLM_SERVER_URL: 'http://127.0.0.1:9' } })
  try {
    const { engines } = z
      .object({ engines: z.array(z.record(z.string(), z.unknown())) })
      .parse(await (await test.fetch('/health')).json())
    expect(engines.map(({ port, engine, state, models: names, error }) => [port, engine, state, names, error])).toEqual(
      [
        ['examiner', 'measurements', 'idle', [], null],
        ['generator', 'flux', 'idle', ['flux2-klein-4b'], null],
        ['generator', 'retouch', 'idle', [], null],
        ['vlm', 'remote', 'away', [], 'engine-unavailable'],
        ['vlm', 'local', 'idle', ['tiny-judge'], null],
        ['vlm', 'rules', 'ready', [], null]
      ]
    )
    await rm(models, { recursive: true })
    const bare = await (await test.fetch('/health')).json()
    expect(bare).toMatchObject({
      engines: expect.arrayContaining([
        expect.objectContaining({ engine: 'local', state: 'uninstalled', models: [], error: 'model-missing' }),
        expect.objectContaining({ engine: 'flux', state: 'uninstalled', error: 'model-missing' })
      ])
    })
  } finally {
    await test.close()
  }
})

it('asks a server once for all of an answer, and again only after a while', async () => {
  const test = await openTestServer({ variables: { VLLM_SERVER_URL: server.url } })
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const before = server.asked
    for (let asked = 0; asked < 3; asked++) {
      const answer = await (await test.fetch('/health')).json()
      expect(answer).toMatchObject({ services: { vllm_server: 'connected' } })
    }
    expect(server.asked - before).toBe(1)
    vi.advanceTimersByTime(10_000)
    await test.fetch('/health')
    expect(server.asked - before).toBe(2)
  } finally {
    vi.useRealTimers()
    await test.close()
  }
})

it('tells models and errors to nobody without a key, where one is needed', async () => {
  let key = ''
  const test = await openTestServer({
    host: '0.0.0.0',
    variables: { VLLM_SERVER_URL: server.url },
    prepare: async ({ studio }) => {
      ;({ key } = await new ApiKeys(studio.apiKeys).add('watcher', ['read']))
    }
  })
  try {
    const told = async (headers: Record<string, string>) => {
      const answer = await test.fetch('/health', { headers })
      expect(answer.status).toBe(200)
      const { engines } = z.object({ engines: z.array(z.record(z.string(), z.unknown())) }).parse(await answer.json())
      return engines.find(({ port, engine }) => port === 'vlm' && engine === 'remote')
    }
    const open = { port: 'vlm', engine: 'remote', label: 'vision-language model', state: 'idle' }
    expect(await told({})).toEqual(open)
    expect(await told({ authorization: 'Bearer guess' })).toEqual(open)
    expect(await told({ authorization: `Bearer ${key}` })).toEqual({ ...open, models: ['SmolVLM2'], error: null })
  } finally {
    await test.close()
  }
})
