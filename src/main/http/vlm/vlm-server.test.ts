import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTinyVlm } from '../../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_MODEL } from '../../../../scripts/models/tiny-vlm/sample-tiny-vlm.ts'
import { chatModelContract } from '../../engines/chat-model.contract.ts'
import { createLocalVlm, type LocalVlm } from '../../engines/local-vlm.ts'
import { openReducer, openRemoteModel } from '../../engines/remote-vlm/open-remote-model.fixture.ts'
import { writePng } from '../../jobs/plain-png.fixture.ts'
import { processesFromSources } from '../../testing/real-studio.fixture.ts'
import type { HttpServer } from '../guarded-server.ts'
import { createVlmServer } from './create-vlm-server.ts'

const KEY = 'k3y-of-the-test'
const NAME = 'test/tiny'
const silent = () => {}
const log = { trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent, silent }

let folder: string
let model: LocalVlm
let server: HttpServer
let light: string
let dark: string
let client: OpenAI

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-vlm-server-'))
  await buildTinyVlm(join(folder, 'models', 'tiny'), {
    ...TINY_MODEL,
    answers: [
      ...TINY_MODEL.answers,
      { when: 'Describe', parts: ['A plain', ' surface.'] },
      { when: 'story', parts: ['Once ', 'upon ', 'a time.'] }
    ]
  })
  light = join(folder, 'light.png')
  dark = join(folder, 'dark.png')
  await writePng(light, [240, 240, 240], 96)
  await writePng(dark, [16, 16, 16], 96)
  model = createLocalVlm({ ...processesFromSources(), modelsFolder: join(folder, 'models'), memoryShare: 1 })
  server = await createVlmServer({ model, name: NAME, host: '127.0.0.1', port: 0, apiKey: KEY, log })
  client = new OpenAI({ baseURL: `${server.address}/v1`, apiKey: KEY, maxRetries: 0 })
})
afterAll(async () => {
  await server.close()
  await model.stop()
  await rm(folder, { recursive: true, force: true })
})

chatModelContract('the client for servers, at the server of a model on this machine', async () => {
  const reducer = openReducer()
  const remote = openRemoteModel({ url: server.address, apiKey: KEY, model: NAME, reducer })
  return {
    model: remote,
    pictures: { first: light, second: dark },
    questions: { yesForFirst: 'Is it bright?', yesForSecond: 'Is it not bright?' },
    close: async () => void (await Promise.all([remote.close(), reducer.stop()]))
  }
})

const dataUri = async (path: string) => `data:image/png;base64,${(await readFile(path)).toString('base64')}`
const saying = (content: string) => [{ role: 'user' as const, content }]
const asking = async (text: string, path: string): Promise<OpenAI.ChatCompletionMessageParam[]> => [
  {
    role: 'user',
    content: [
      { type: 'image_url', image_url: { url: await dataUri(path) } },
      { type: 'text', text }
    ]
  }
]
const complete = (more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>) =>
  client.chat.completions.create({ model: NAME, messages: saying('Write a brief.'), temperature: 0, ...more })

describe('the client of OpenAI, at the server of a model on this machine', () => {
  it('lists the model', async () => {
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual([NAME])
  })

  it('gets a whole answer, with its tokens counted', async () => {
    const answer = await complete({ messages: saying('Write a brief, in an office.') })
    expect(answer.choices[0]).toMatchObject({
      message: { role: 'assistant', content: '{"prompt":"A portrait in an office"}' },
      finish_reason: 'stop'
    })
    expect(answer.usage?.completion_tokens).toBe(5)
    expect(answer.usage?.total_tokens).toBe((answer.usage?.prompt_tokens ?? 0) + 5)
  })

  it('gets the probabilities of yes and no about a picture', async () => {
    const yesOf = async (path: string) => {
      const messages = await asking('Is it bright?', path)
      const answer = await complete({ messages, max_tokens: 1, logprobs: true, top_logprobs: 10 })
      const [first] = answer.choices[0]?.logprobs?.content ?? []
      const told = first?.top_logprobs.filter(({ token }) => token.trim().toLowerCase() === 'yes') ?? []
      return told.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0)
    }
    expect(await yesOf(light)).toBeGreaterThan(0.9)
    expect(await yesOf(dark)).toBeLessThan(0.1)
  })

  it('has the model read a picture once for all that is asked about it, also at the same time', async () => {
    const reading = async (text: string, path: string) => {
      const answer = await complete({ messages: await asking(text, path), max_tokens: 1, logprobs: true })
      const { prompt_tokens: prompt = 0, prompt_tokens_details: details } = answer.usage ?? {}
      return { prompt, cached: details?.cached_tokens ?? 0 }
    }
    // Another one before, so that this test finds nothing of those before it.
    await reading('Is it bright?', dark)
    expect((await reading('Is it bright?', light)).cached).toBe(0)
    const together = await Promise.all(
      Array.from({ length: 16 }, (_, at) => reading(`Is it bright, number ${at}?`, light))
    )
    for (const { prompt, cached } of together) {
      expect(cached).toBeGreaterThan(0)
      expect(cached).toBeLessThan(prompt)
    }
    expect((await reading('Is it bright?', dark)).cached).toBe(0)
  })

  it('gets the text as it grows', async () => {
    const stream = await client.chat.completions.create({
      model: NAME,
      messages: saying('Go on forever'),
      max_tokens: 30,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true }
    })
    let [text, finish, tokens] = ['', '', 0]
    for await (const { choices, usage } of stream) {
      text += choices[0]?.delta.content ?? ''
      finish = choices[0]?.finish_reason ?? finish
      tokens = usage?.completion_tokens ?? tokens
    }
    expect(text).toBe('on and again '.repeat(10))
    expect([finish, tokens]).toEqual(['length', 30])
  })

  it('gets JSON that fits its schema, or is told that there is none', async () => {
    const fitting = (name: string, schema: Record<string, unknown>) =>
      complete({ response_format: { type: 'json_schema', json_schema: { name, schema } } })
    const prompt = { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] }
    const answer = await fitting('brief', prompt)
    expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toEqual({ prompt: 'A portrait in a studio' })
    const other = { type: 'object', properties: { score: { type: 'number' } }, required: ['score'] }
    expect((await fitting('score', other)).choices[0]?.message).toMatchObject({
      content: null,
      refusal: expect.stringContaining('"score"')
    })
    await expect(fitting('nonsense', { type: 'riddle' })).rejects.toMatchObject({ status: 400 })
  })

  it('ends where it is told to', async () => {
    const answer = await complete({ messages: saying('Go on forever'), max_tokens: 6, stop: ['again'] })
    expect(answer.choices[0]).toMatchObject({ message: { content: 'on and ' }, finish_reason: 'stop' })
  })

  it('gives a request up when its caller hangs up, and goes on to the next', async () => {
    const stop = new AbortController()
    const stream = await client.chat.completions.create(
      { model: NAME, messages: saying('Go on forever'), max_tokens: 8000, temperature: 0, stream: true },
      { signal: stop.signal }
    )
    for await (const { choices } of stream) if (choices[0]?.delta.content) break
    stop.abort()
    expect((await complete({})).choices[0]?.message.content).toContain('A portrait')
  })

  it.each([
    ['another model', { model: 'another/model' }, 404, 'another/model'],
    ['several answers', { n: 2 }, 400, 'one answer'],
    ['no room for an answer', { max_tokens: 17_000 }, 400, '16384'],
    ['the address of a picture', 'address', 400, 'data URI'],
    ['a picture that is none', 'nonsense', 415, '']
  ] as const)('is told what is wrong with %s', async (_, more, status, says) => {
    const urls = { address: 'http://127.0.0.1:1/photo.jpg', nonsense: 'data:image/png;base64,bm9uc2Vuc2U=' }
    const content = (url: string) => [{ type: 'image_url' as const, image_url: { url } }]
    const body =
      typeof more === 'string' ? { messages: [{ role: 'user' as const, content: content(urls[more]) }] } : more
    const failure: unknown = await complete(body).catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ status, message: expect.stringContaining(says) })
  })

  it('is not let in without the key, and health is open to anybody', async () => {
    const stranger = new OpenAI({ baseURL: `${server.address}/v1`, apiKey: 'another', maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toMatchObject({ status: 401 })
    const nameless = await fetch(`${server.address}/v1/models`)
    expect(nameless.status).toBe(401)
    expect(await nameless.json()).toMatchObject({ error: { type: 'authentication_error', code: 'key-missing' } })
    await complete({})
    const health = await fetch(`${server.address}/health`)
    expect(await health.json()).toMatchObject({
      status: 'healthy',
      model: NAME,
      runsOn: expect.stringContaining('cpu')
    })
    const metrics = await fetch(`${server.address}/metrics`, { headers: { authorization: `Bearer ${KEY}` } })
    const told = await metrics.text()
    for (const kind of ['prompt', 'cached', 'completion']) {
      expect(told).toMatch(new RegExp(`apex_vlm_tokens_total\\{kind="${kind}"\\} [1-9]`))
    }
  })

  it('does not listen to others than this machine without a key', async () => {
    await expect(
      createVlmServer({ apiKey: undefined, model, name: NAME, host: '0.0.0.0', port: 0, log })
    ).rejects.toMatchObject({
      code: 'keys-required'
    })
  })
})
