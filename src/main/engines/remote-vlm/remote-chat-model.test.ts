import { imageSize } from 'image-size'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ChatModel } from '../../../domain/chat-model.ts'
import {
  type AskedChat,
  type ChatServer,
  type ChatServerOptions,
  openChatServer,
  type Reply
} from '../../testing/chat-server.fixture.ts'
import { chatModelContract } from '../chat-model.contract.ts'
import type { RemoteVlmLimits } from './limits.ts'
import {
  LARGE_PHOTO,
  type OpenRemoteModel,
  openReducer,
  openRemoteModel,
  smallPhotos
} from './open-remote-model.fixture.ts'
import type { RemoteChatModel } from './remote-chat-model.ts'

const context = (signal = new AbortController().signal) => ({ signal, onProgress: () => {} })
const reducer = openReducer()
let photos: Awaited<ReturnType<typeof smallPhotos>>
beforeAll(async () => {
  photos = await smallPhotos(reducer)
}, 60_000)
afterAll(async () => {
  await photos.remove()
  await reducer.stop()
})

const opened = new Set<{ close(): Promise<void> }>()
afterEach(async () => {
  await Promise.all([...opened].map((each) => each.close()))
  opened.clear()
})

type Opened = { readonly server: ChatServer; readonly model: RemoteChatModel }

async function open(options: ChatServerOptions, more: Partial<OpenRemoteModel> = {}): Promise<Opened> {
  const server = await openChatServer(options)
  const model = openRemoteModel({ url: server.url, reducer, ...more })
  opened.add(model).add(server)
  return { server, model }
}

/** What comes first, once each, and then always the last. */
function inTurn(...replies: readonly Reply[]) {
  let next = 0
  return (): Reply => replies[Math.min(next++, replies.length - 1)] ?? ''
}

const hello = (model: ChatModel, signal?: AbortSignal) =>
  model.complete({ messages: [{ role: 'user', text: 'Hello.', pictures: [] }], maxTokens: 50 }, context(signal))

const YES: Reply = { yes: 0.8, no: 0.1 }
const questions = (count: number) => Array.from({ length: count }, (_, index) => `Question ${index}?`)
const askAbout = (model: ChatModel, pictures: readonly string[], count = 1, signal?: AbortSignal) =>
  model.ask({ instructions: 'You judge.', pictures: [...pictures], questions: questions(count) }, context(signal))

/** Knows wide pictures from square ones. */
function judgeOfShapes({ text, pictures, max_tokens }: AskedChat): Reply {
  if (max_tokens > 4 || pictures.length === 0) return 'It is a picture of a person who looks at the camera.'
  const { width = 0, height = 0 } = imageSize(pictures[0] ?? Buffer.alloc(0))
  const isWide = width > height
  return isWide === text.includes('wide') ? { yes: 0.9, no: 0.05 } : { yes: 0.1, no: 0.85 }
}

async function openUnderTest(abilities: ChatServerOptions['abilities'] = {}) {
  const server = await openChatServer({ script: judgeOfShapes, abilities })
  const model = openRemoteModel({ url: server.url, reducer })
  const close = async () => {
    await model.close()
    await server.close()
  }
  return {
    model,
    pictures: { first: photos.wide, second: photos.square },
    questions: { yesForFirst: 'Is the picture wide?', yesForSecond: 'Is the picture square?' },
    close
  }
}

chatModelContract('a remote model', () => openUnderTest())
chatModelContract('a remote model of a server that is able to little', () =>
  openUnderTest({ responseFormat: false, structuredOutputs: false, topLogprobs: 0, pictures: 1, streams: false })
)

describe('pictures', () => {
  it('travel as JPEGs of the size that the model uses, made once for all the questions', async () => {
    const { server, model } = await open({ script: () => YES })
    await askAbout(model, [LARGE_PHOTO], 4)
    const sizes = server.asked.map(({ pictures: [picture] }) => imageSize(picture ?? Buffer.alloc(0)))
    expect(sizes).toHaveLength(4)
    for (const { width, height, type } of sizes) {
      expect(type).toBe('jpg')
      expect(Math.max(width, height)).toBeLessThanOrEqual(1024)
    }
    expect(new Set(server.asked.map(({ pictures: [picture] }) => picture?.toString('base64'))).size).toBe(1)
  })

  it('are put side by side for a server that takes one, which is asked for several only once', async () => {
    const { server, model } = await open({ script: () => YES, abilities: { pictures: 1 } })
    await askAbout(model, [photos.square, photos.wide], 3)
    const [refused, ...taken] = server.asked
    expect(refused?.pictures).toHaveLength(2)
    expect(taken).toHaveLength(3)
    for (const { pictures, text } of taken) {
      expect(pictures).toHaveLength(1)
      expect(text).toMatch(/^The picture holds 2 pictures side by side/)
    }
  })

  it('become smaller for a server that finds them too large', async () => {
    const { server, model } = await open({ script: () => YES, abilities: { bytes: 60_000 } })
    await askAbout(model, [LARGE_PHOTO], 2)
    const edges = server.asked.map(({ pictures: [picture] }) => imageSize(picture ?? Buffer.alloc(0)).width)
    expect(edges).toHaveLength(2)
    expect(new Set(edges).size).toBe(1)
    expect(edges[0]).toBeLessThan(1024)
  })

  it('are told to be too large where no size is small enough', async () => {
    const { model } = await open({ script: () => YES, abilities: { bytes: 500 } })
    await expect(askAbout(model, [LARGE_PHOTO])).rejects.toMatchObject({ code: 'engine-refused', status: 413 })
  })
})

describe('questions', () => {
  it('sum the spellings of yes and no', async () => {
    const { model } = await open({ script: () => ({ yes: 0.62, no: 0.31 }) })
    const [answer] = await askAbout(model, [photos.wide])
    expect(answer?.yes).toBeCloseTo(0.62, 6)
    expect(answer?.no).toBeCloseTo(0.31, 6)
  })

  it('travel together after the first, over connections that are kept', async () => {
    let waiting: Array<() => void> = []
    const { server, model } = await open({
      script: async ({ text }) => {
        // Only all of them together let each other go: sent one after the other they would wait for ever.
        if (text !== 'Question 0?') {
          await new Promise<void>((resolve) => {
            waiting.push(resolve)
            if (waiting.length === 7) for (const go of waiting.splice(0)) go()
          })
        }
        return YES
      }
    })
    await askAbout(model, [photos.wide], 8)
    waiting = []
    await askAbout(model, [photos.wide], 8)
    expect(server.load.most).toBe(7)
    expect(server.load.connections).toBeLessThanOrEqual(8)
  })

  it('keep their order whatever comes first', async () => {
    const { model } = await open({ script: ({ text }) => (/[135]/.test(text) ? YES : { yes: 0.1, no: 0.8 }) })
    const answers = await askAbout(model, [photos.wide], 6)
    expect(answers.map(({ yes, no }) => yes > no)).toEqual([false, true, false, true, false, true])
  })

  it('say what judges and nothing else in the instructions', async () => {
    const { server, model } = await open({ script: () => YES })
    await askAbout(model, [photos.wide])
    expect(server.asked[0]).toMatchObject({ system: 'You judge.', text: 'Question 0?', max_tokens: 1, temperature: 0 })
  })

  it('are answered by words where no probabilities are told, and the model says so', async () => {
    const { model } = await open({ script: () => YES, abilities: { keepsLogprobs: true } })
    expect(await askAbout(model, [photos.wide])).toEqual([{ yes: 1, no: 0 }])
    expect((await model.describe()).abilities.join()).toContain('by its words only')
  })

  it('ask for fewer probabilities, and then for none, where a server refuses them', async () => {
    const { server, model } = await open({ script: () => YES, abilities: { topLogprobs: 5 } })
    await askAbout(model, [photos.wide], 2)
    expect(server.asked.map(({ top_logprobs }) => top_logprobs)).toEqual([20, 5, 5])
    const other = await open({ script: () => YES, abilities: { topLogprobs: 0 } })
    await askAbout(other.model, [photos.wide], 2)
    expect(other.server.asked.map(({ logprobs }) => logprobs)).toEqual([true, true, false, false])
  })
})

describe('JSON', () => {
  const schema = { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] }
  const order = (model: ChatModel) =>
    model.complete(
      {
        messages: [{ role: 'user', text: 'Write.', pictures: [] }],
        maxTokens: 50,
        jsonSchema: { name: 'brief', schema }
      },
      context()
    )

  it.each([
    ['response_format', {}, [['response_format'], ['response_format']]],
    [
      'structured_outputs',
      { responseFormat: false },
      [['response_format'], ['structured_outputs'], ['structured_outputs']]
    ],
    [
      'nothing',
      { responseFormat: false, structuredOutputs: false },
      [['response_format'], ['structured_outputs'], [], []]
    ]
  ])('is held to its schema by %s, and the server is asked for more only once', async (_by, abilities, expected) => {
    const { server, model } = await open({ script: () => '{"prompt": "x"}', abilities })
    await order(model)
    expect((await order(model)).text).toBe('{"prompt": "x"}')
    const means = server.asked.map((each) =>
      (['response_format', 'structured_outputs'] as const).filter((name) => each[name] !== undefined)
    )
    expect(means).toEqual(expected)
  })
})

describe('a server in trouble', () => {
  it.each<[string, Reply]>([
    ['hangs up', { fault: 'hang-up' }],
    ['hangs up in mid-answer', { fault: 'hang-up', text: 'Hel' }],
    ['ends without saying that it is done', { fault: 'unfinished', text: 'Hel' }],
    ['tells an error in mid-answer', { fault: 'error-in-stream', text: 'Hel' }],
    ['answers 500', { fault: 'status', status: 500, body: '{"error":{"message":"boom"}}' }],
    ['answers 503', { fault: 'status', status: 503 }],
    ['answers 429', { fault: 'status', status: 429, headers: { 'retry-after': '0' } }],
    ['answers a web page', { fault: 'status', status: 200, body: '<html>' }],
    ['answers another JSON', { fault: 'status', status: 200, body: '{"choices":[]}' }]
  ])('that %s is asked again', async (_what, fault) => {
    const { server, model } = await open({ script: inTurn(fault, fault, 'Hello you.') })
    expect((await hello(model)).text).toBe('Hello you.')
    expect(server.asked).toHaveLength(3)
  })

  it('that goes on failing is away, in words that say why', async () => {
    const { server, model } = await open({
      script: () => ({ fault: 'status', status: 500, body: '{"error":{"message":"CUDA error"}}' })
    })
    await expect(hello(model)).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('failed (500): CUDA error'),
      hint: expect.stringContaining('goes on by itself')
    })
    expect(server.asked).toHaveLength(3)
    expect(model.activity.now).toMatchObject({ state: 'away', error: { code: 'engine-unavailable' } })
  })

  it('that asks for a long rest is not waited for here', async () => {
    const { server, model } = await open({
      script: () => ({ fault: 'status', status: 429, headers: { 'retry-after': '3600' } })
    })
    await expect(hello(model)).rejects.toMatchObject({ code: 'engine-unavailable' })
    expect(server.asked).toHaveLength(1)
  })

  it('that fails many times in a row is left alone, then tried again', async () => {
    const limits = { breaker: { failures: 4, restMs: 2_000 } }
    const { server, model } = await open({ script: () => ({ fault: 'hang-up' }) }, { limits })
    await expect(hello(model)).rejects.toMatchObject({ code: 'engine-unavailable' })
    await expect(hello(model)).rejects.toMatchObject({ code: 'engine-unavailable' })
    const sent = server.asked.length
    expect(sent).toBe(4)
    server.script = () => 'Hello you.'
    await expect
      .poll(
        () =>
          hello(model).then(
            ({ text }) => text,
            () => ''
          ),
        { timeout: 30_000 }
      )
      .toBe('Hello you.')
    expect(model.activity.now.state).toBe('ready')
  })

  it.each<[string, Reply, Partial<RemoteVlmLimits>, string]>([
    ['says nothing', { fault: 'stall' }, { firstTokenMs: 300 }, 'stopped answering'],
    ['falls silent in mid-answer', { fault: 'stall', text: 'Hel' }, { stallMs: 300 }, 'stopped answering'],
    ['goes on for longer than is waited', { fault: 'endless' }, { totalMs: 600 }, 'was not done within']
  ])('that %s is hung up on', async (_what, fault, limits, says) => {
    const { model } = await open({ script: () => fault }, { limits: { ...limits, tries: 1 } })
    const endless = { messages: [{ role: 'user' as const, text: 'Hello.', pictures: [] }], maxTokens: 1_000_000 }
    await expect(model.complete(endless, context())).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining(says)
    })
  })

  it('that writes without end is hung up on after the tokens it was given', async () => {
    const { server, model } = await open({ script: () => ({ fault: 'endless' }) })
    const { finish, text } = await hello(model)
    expect(finish).toBe('length')
    expect(text.length).toBeLessThan(400)
    await expect.poll(() => server.load).toMatchObject({ now: 0 })
  })

  it('is hung up on at once when the work is cancelled', async () => {
    const cancel = new AbortController()
    const { server, model } = await open({
      script: () => {
        cancel.abort()
        return { fault: 'stall', text: 'Hel' }
      }
    })
    await expect(hello(model, cancel.signal)).rejects.toMatchObject({ code: 'cancelled' })
    await expect(askAbout(model, [photos.wide], 3, cancel.signal)).rejects.toMatchObject({ code: 'cancelled' })
    expect(server.asked).toHaveLength(1)
  })
})

describe('a server that does not take what it is asked', () => {
  it('lets nobody in without its key', async () => {
    const { model } = await open({ script: () => 'Hello.', apiKey: 'k3y' }, { apiKey: 'other' })
    await expect(hello(model)).rejects.toMatchObject({
      code: 'engine-unavailable',
      hint: expect.stringContaining('VLLM_API_KEY')
    })
    const allowed = await open({ script: () => 'Hello.', apiKey: 'k3y' }, { apiKey: 'k3y' })
    expect((await hello(allowed.model)).text).toBe('Hello.')
  })

  it('says which models there are where the one named is missing', async () => {
    const { server, model } = await open({ script: () => 'Hello.', models: ['a/b', 'c/d'] })
    const missing = {
      code: 'engine-unavailable',
      message: expect.stringContaining('has no model "test/model"'),
      hint: expect.stringContaining('a/b, c/d')
    }
    await expect(model.describeNow()).rejects.toMatchObject(missing)
    await expect(hello(model)).rejects.toMatchObject(missing)
    server.models = ['test/model']
    expect((await hello(model)).text).toBe('Hello.')
    server.models = ['other/model']
    await expect(hello(model)).rejects.toMatchObject({ message: expect.stringContaining('has no model "test/model"') })
  })

  it('is asked for the only model it has where nobody has named one', async () => {
    const { server, model } = await open({ script: () => 'Hello.', models: ['other/model'] }, { isNamed: false })
    expect(await model.describe()).toMatchObject({ version: 'other/model' })
    expect((await hello(model)).text).toBe('Hello.')
    expect(server.asked[0]?.model).toBe('other/model')
  })

  it('is told in its own words', async () => {
    const body = '{"error":{"message":"I only speak French."}}'
    const { server, model } = await open({ script: () => ({ fault: 'status', status: 422, body }) })
    await expect(hello(model)).rejects.toMatchObject({
      code: 'engine-refused',
      message: expect.stringContaining('I only speak French.')
    })
    expect(server.asked).toHaveLength(1)
  })
})

describe('an answer', () => {
  it.each<[string, Reply, string]>([
    ['of nothing', '', 'The model answered nothing.'],
    ['of blanks', '  \n ', 'The model answered nothing.'],
    ['that is a refusal', { refusal: 'I cannot describe people.' }, 'The model refused: I cannot describe people.']
  ])('%s is no answer', async (_what, reply, message) => {
    const { model } = await open({ script: () => reply })
    await expect(hello(model)).rejects.toMatchObject({ code: 'engine-output-invalid', message })
  })
})
