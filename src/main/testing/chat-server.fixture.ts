import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { YesNoAnswer } from '../../domain/chat-model.ts'

const partSchema = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('image_url'),
    image_url: z.object({ url: z.string().startsWith('data:image/jpeg;base64,') })
  })
])

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(partSchema)]) })),
  max_tokens: z.int().positive(),
  temperature: z.number(),
  seed: z.int().optional(),
  stream: z.boolean().default(false),
  logprobs: z.boolean().default(false),
  top_logprobs: z.int().optional(),
  response_format: z
    .object({ type: z.literal('json_schema'), json_schema: z.object({ name: z.string(), schema: z.unknown() }) })
    .optional(),
  structured_outputs: z.object({ json: z.unknown() }).optional()
})

/** What the server was asked, as a script reads it. */
export interface AskedChat extends z.infer<typeof requestSchema> {
  /** All that was said in the role `system`. */
  readonly system: string
  /** The text of the last turn, and its pictures as JPEG files. */
  readonly text: string
  readonly pictures: readonly Buffer[]
  readonly headers: IncomingMessage['headers']
}

/** What goes wrong. The texts come before it does. */
export type Fault =
  | {
      readonly fault: 'status'
      readonly status: number
      readonly headers?: Record<string, string>
      readonly body?: string
    }
  /** Says nothing, or no more, and keeps the connection. */
  | { readonly fault: 'stall'; readonly text?: string }
  | { readonly fault: 'hang-up'; readonly text?: string }
  /** Ends in good order, but says neither why nor that it is done. */
  | { readonly fault: 'unfinished'; readonly text: string }
  /** Goes on for ever, whatever number of tokens was asked for. */
  | { readonly fault: 'endless' }
  | { readonly fault: 'error-in-stream'; readonly text: string }

export type Reply = string | YesNoAnswer | { readonly refusal: string } | Fault
export type Script = (asked: AskedChat) => Reply | Promise<Reply>

/** What this server is able to; it refuses the rest in the words of vLLM. */
export interface ChatServerAbilities {
  readonly responseFormat: boolean
  readonly structuredOutputs: boolean
  /** Alternatives it tells at most; 0 refuses. */
  readonly topLogprobs: number
  /** Takes the request for probabilities and tells none. */
  readonly keepsLogprobs: boolean
  readonly pictures: number
  readonly bytes: number
  /** Otherwise it sends all at once, whatever it was asked. */
  readonly streams: boolean
}

export interface ChatServer {
  readonly url: string
  readonly asked: readonly AskedChat[]
  /** Of the requests for chats: the most that were under way at once, and the connections they came over. */
  readonly load: { readonly most: number; readonly connections: number }
  script: Script
  models: readonly string[]
  close(): Promise<void>
}

export interface ChatServerOptions {
  readonly script: Script
  readonly models?: readonly string[]
  readonly apiKey?: string
  readonly abilities?: Partial<ChatServerAbilities>
}

const ABLE: ChatServerAbilities = {
  responseFormat: true,
  structuredOutputs: true,
  topLogprobs: 20,
  keepsLogprobs: false,
  pictures: 10,
  bytes: Number.POSITIVE_INFINITY,
  streams: true
}

/** A server of this machine that speaks OpenAI's chat completions as vLLM does; a script is its model. */
export async function openChatServer(options: ChatServerOptions): Promise<ChatServer> {
  const abilities = { ...ABLE, ...options.abilities }
  const asked: AskedChat[] = []
  const load = { most: 0, connections: 0, now: 0 }
  const seen = new WeakSet<Socket>()
  const closing = new AbortController()
  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      // A client that hangs up is part of what is tested.
      if (!response.headersSent && !response.destroyed) response.writeHead(500).end(String(thrown))
    })
  })
  const studio: ChatServer = {
    url: await listening(server),
    asked,
    load,
    script: options.script,
    models: options.models ?? ['test/model'],
    async close() {
      closing.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (options.apiKey !== undefined && request.headers.authorization !== `Bearer ${options.apiKey}`) {
      return refuse(response, 401, 'Unauthorized')
    }
    if (request.url === '/v1/models') {
      return sendJson(response, { object: 'list', data: studio.models.map((id) => ({ id, object: 'model' })) })
    }
    if (request.url !== '/v1/chat/completions') return refuse(response, 404, 'Not Found')
    if (!seen.has(request.socket)) load.connections += 1
    seen.add(request.socket)
    load.now += 1
    load.most = Math.max(load.most, load.now)
    try {
      const body = await textOf(request)
      if (body.length > abilities.bytes) return refuse(response, 413, 'Request Entity Too Large')
      const chat = readChat(body, request.headers)
      asked.push(chat)
      const objection = objectionTo(chat)
      if (objection !== null) return refuse(response, objection.status, objection.says)
      await say(response, chat, await studio.script(chat))
    } finally {
      load.now -= 1
    }
  }

  function objectionTo(chat: AskedChat): { status: number; says: string } | null {
    const refused = (says: string) => ({ status: 400, says })
    if (!studio.models.includes(chat.model)) {
      return { status: 404, says: `The model \`${chat.model}\` does not exist.` }
    }
    if (chat.pictures.length > abilities.pictures) {
      return refused(`At most ${abilities.pictures} image(s) may be provided in one prompt.`)
    }
    if (chat.response_format && !abilities.responseFormat) return refused('response_format is not supported')
    if (chat.structured_outputs && !abilities.structuredOutputs) return refused('structured_outputs: extra inputs')
    if (chat.logprobs && (chat.top_logprobs ?? 0) > abilities.topLogprobs) {
      return refused(`Requested sample logprobs of ${chat.top_logprobs}, which is greater than max allowed`)
    }
    return null
  }

  async function say(response: ServerResponse, chat: AskedChat, reply: Reply): Promise<void> {
    if (typeof reply === 'object' && 'fault' in reply) return await misbehave(response, reply)
    const text = textOfReply(reply)
    const pieces = text.match(/\s*\S+/g) ?? []
    const kept = pieces.slice(0, chat.max_tokens)
    const finish = kept.length < pieces.length ? 'length' : 'stop'
    const usage = { prompt_tokens: 10, completion_tokens: kept.length, total_tokens: 10 + kept.length }
    const message = { role: 'assistant', content: kept.join('') || null, ...(isRefusal(reply) && reply) }
    if (chat.stream && abilities.streams) {
      begin(response)
      for (const piece of kept) event(response, chunk(piece))
      if (isRefusal(reply)) event(response, { choices: [{ index: 0, delta: reply, finish_reason: null }] })
      event(response, chunk('', finish))
      event(response, { choices: [], usage })
      response.end('data: [DONE]\n\n')
      return
    }
    const logprobs =
      chat.logprobs && !abilities.keepsLogprobs && isYesNo(reply) ? { content: [logprobsOf(reply)] } : null
    sendJson(response, { choices: [{ index: 0, message, finish_reason: finish, logprobs }], usage })
  }

  async function misbehave(response: ServerResponse, fault: Fault): Promise<void> {
    switch (fault.fault) {
      case 'status':
        response.writeHead(fault.status, fault.headers).end(fault.body ?? '')
        return
      case 'stall':
        if (fault.text !== undefined) {
          begin(response)
          event(response, chunk(fault.text))
        }
        return
      case 'hang-up':
        if (fault.text !== undefined) {
          begin(response)
          event(response, chunk(fault.text))
          // What was said is on its way before the line is cut.
          await sleep(20)
        }
        response.destroy()
        return
      case 'unfinished':
        begin(response)
        event(response, chunk(fault.text))
        response.end()
        return
      case 'error-in-stream':
        begin(response)
        event(response, chunk(fault.text))
        event(response, { error: { message: 'CUDA out of memory' } })
        response.end()
        return
      case 'endless':
        begin(response)
        while (!response.destroyed && !closing.signal.aborted) {
          event(response, chunk(' and'))
          await sleep(1)
        }
    }
  }

  return studio
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It listens at no port.')
  return `http://127.0.0.1:${address.port}`
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const piece of request) if (piece instanceof Buffer) chunks.push(piece)
  return Buffer.concat(chunks).toString()
}

function readChat(body: string, headers: IncomingMessage['headers']): AskedChat {
  const parsed = requestSchema.parse(JSON.parse(body))
  const words = (content: (typeof parsed)['messages'][number]['content']) =>
    typeof content === 'string'
      ? content
      : content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n')
  const last = parsed.messages.at(-1)?.content ?? ''
  const parts = typeof last === 'string' ? [] : last
  return {
    ...parsed,
    headers,
    system: parsed.messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => words(content))
      .join('\n'),
    text: words(last),
    pictures: parts.flatMap((part) =>
      part.type === 'image_url'
        ? Buffer.from(part.image_url.url.slice(part.image_url.url.indexOf(',') + 1), 'base64')
        : []
    )
  }
}

const isYesNo = (reply: Reply): reply is YesNoAnswer => typeof reply === 'object' && 'yes' in reply
const isRefusal = (reply: Reply): reply is { readonly refusal: string } =>
  typeof reply === 'object' && 'refusal' in reply

function textOfReply(reply: Exclude<Reply, Fault>): string {
  if (typeof reply === 'string') return reply
  if (isYesNo(reply)) return reply.yes >= reply.no ? 'Yes' : 'No'
  return ''
}

/** As a tokenizer has it: each word in several spellings, and what is left over elsewhere. */
function logprobsOf({ yes, no }: YesNoAnswer) {
  const spread: [string, number][] = [
    ['Yes', yes * 0.7],
    [' yes', yes * 0.3],
    ['No', no * 0.6],
    ['▁NO', no * 0.4],
    ['The', 1 - yes - no]
  ]
  const told = spread.filter(([, p]) => p > 0).sort(([, a], [, b]) => b - a)
  const top = told.map(([token, p]) => ({ token, logprob: Math.log(p), bytes: null }))
  return { ...top[0], top_logprobs: top }
}

const chunk = (content: string, finish: string | null = null) => ({
  choices: [{ index: 0, delta: { content }, finish_reason: finish }]
})

const begin = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' })
const event = (response: ServerResponse, data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`)

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }))
}
