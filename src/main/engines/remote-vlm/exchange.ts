import { createParser } from 'eventsource-parser'
import { Agent, type Dispatcher, request } from 'undici'
import type { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { cancelledBy } from '../cancellation.ts'
import { faultOf } from '../remote/refusal.ts'
import { named, type RemoteServer, requestOf, unreachable } from '../remote/remote-server.ts'
import { TransientFault } from '../remote/server-fault.ts'
import { Watchdog } from '../watchdog.ts'
import { type Completion, chunkErrorSchema, chunkSchema, completionSchema } from './chat-wire.ts'
import type { RemoteVlmLimits } from './limits.ts'

const PATH = '/v1/chat/completions'
/** Bytes of one answer; 2,000 tokens with their framing take a tenth of it. */
const MOST_BYTES = 8 * 1024 * 1024

export interface Streamed {
  readonly text: string
  readonly refusal: string
  /** Null where the server did not say why it ended. */
  readonly finish: string | null
  readonly usage: Completion['usage']
  /** Pieces that had text in them: about as many as tokens. */
  readonly pieces: number
}

export interface StreamContext {
  readonly signal: AbortSignal
  /** Pieces after which the rest is not waited for, whatever the server was told. */
  readonly mostPieces: number
  readonly onPiece: (pieces: number) => void
}

type Body = Readonly<Record<string, unknown>>
type Answer = Dispatcher.ResponseData

/** Requests to one chat server over connections that are kept. Each is sent once; nothing is remembered. */
export class Exchange {
  readonly #server: RemoteServer
  readonly #limits: RemoteVlmLimits
  readonly #agent: Agent

  constructor(server: RemoteServer, limits: RemoteVlmLimits) {
    this.#server = server
    this.#limits = limits
    this.#agent = new Agent({
      connections: limits.connections,
      connect: { timeout: limits.connectMs },
      // Silence is judged here, token by token.
      headersTimeout: 0,
      bodyTimeout: 0
    })
  }

  /** The whole answer at once. @throws TransientFault, RequestRefused, StudioError `engine-unavailable`, `cancelled` */
  async whole(body: Body, signal: AbortSignal): Promise<Completion> {
    return await this.#send(body, signal, async (answer, alive) => completionSchema.parse(await jsonOf(answer, alive)))
  }

  /** The answer as it is written. @throws as `whole` */
  async streamed(body: Body, { signal, mostPieces, onPiece }: StreamContext): Promise<Streamed> {
    return await this.#send(body, signal, async (answer, alive) => {
      // A server that does not stream sends all at once.
      if (!isEventStream(answer)) return asStreamed(completionSchema.parse(await jsonOf(answer, alive)))
      const written = await this.#written(answer, alive, mostPieces, onPiece)
      if (written.finish === null) throw this.#brokenOff('in mid-answer')
      return written
    })
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }

  async #send<T>(body: Body, signal: AbortSignal, read: (answer: Answer, alive: () => void) => Promise<T>): Promise<T> {
    const { firstTokenMs, stallMs, totalMs } = this.#limits
    const ended = new AbortController()
    const silence = new Watchdog(() => ended.abort(this.#silent()))
    const end = new Watchdog(() => ended.abort(this.#endless()))
    const { href, headers } = requestOf(this.#server, PATH)
    silence.expect(firstTokenMs)
    end.expect(totalMs)
    try {
      const answer = await request(href, {
        dispatcher: this.#agent,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, ended.signal])
      })
      if (answer.statusCode !== 200) throw await this.#refusal(answer)
      return await read(answer, () => silence.expect(stallMs))
    } catch (thrown) {
      if (signal.aborted) throw cancelledBy(signal)
      if (ended.signal.aborted && ended.signal.reason instanceof StudioError) throw ended.signal.reason
      throw this.#asFault(thrown)
    } finally {
      silence.rest()
      end.rest()
    }
  }

  async #written(answer: Answer, alive: () => void, mostPieces: number, onPiece: (pieces: number) => void) {
    let [text, refusal, pieces, bytes] = ['', '', 0, 0]
    let finish: string | null = null
    let usage: Completion['usage']
    const parser = createParser({
      onEvent: ({ data }) => {
        if (data === '[DONE]') return
        const chunk = this.#chunkOf(data)
        usage = chunk.usage ?? usage
        const [choice] = chunk.choices
        finish = choice?.finish_reason ?? finish
        refusal += choice?.delta.refusal ?? ''
        const piece = choice?.delta.content ?? ''
        if (piece === '' || pieces >= mostPieces) return
        text += piece
        pieces += 1
        onPiece(pieces)
      }
    })
    const decoder = new TextDecoder()
    for await (const chunk of chunksOf(answer)) {
      alive()
      parser.feed(decoder.decode(chunk, { stream: true }))
      bytes += chunk.byteLength
      // Leaving the loop hangs up on the server, which then stops.
      if (pieces >= mostPieces || bytes > MOST_BYTES) {
        finish ??= 'length'
        break
      }
    }
    return { text, refusal, finish, usage, pieces }
  }

  #chunkOf(data: string): z.infer<typeof chunkSchema> {
    const value: unknown = JSON.parse(data)
    const error = chunkErrorSchema.safeParse(value)
    if (error.success) throw this.#brokenOff(`with an error: ${error.data.error.message.slice(0, 300)}`)
    return chunkSchema.parse(value)
  }

  async #refusal(answer: Answer): Promise<StudioError> {
    const { statusCode: status, headers } = answer
    const retryAfter = [headers['retry-after']].flat()[0]
    return faultOf(this.#server, { status, body: await textOf(answer, 64 * 1024), retryAfter })
  }

  #asFault(thrown: unknown): StudioError {
    if (thrown instanceof StudioError) return thrown
    if (thrown instanceof SyntaxError || (thrown instanceof Error && thrown.name === 'ZodError')) {
      return new TransientFault(`What the server at ${named(this.#server)} answers is no chat completion.`, {
        hint: 'Check that it speaks the API of OpenAI, as vLLM does.',
        cause: thrown
      })
    }
    const { message, hint } = unreachable(this.#server, thrown, this.#limits.connectMs)
    return new TransientFault(message, { hint, cause: thrown })
  }

  #silent(): TransientFault {
    return new TransientFault(`The server at ${named(this.#server)} stopped answering.`, {
      hint: 'It may be overloaded. Look at its log if it stays so.'
    })
  }

  #endless(): TransientFault {
    const seconds = Math.round(this.#limits.totalMs / 1000)
    return new TransientFault(`The server at ${named(this.#server)} was not done within ${seconds} seconds.`, {
      hint: 'It may be overloaded, or its model too large for it.'
    })
  }

  #brokenOff(how: string): TransientFault {
    return new TransientFault(`The server at ${named(this.#server)} broke off ${how}.`, {
      hint: 'Look at its log if it happens again.'
    })
  }
}

const isEventStream = ({ headers }: Answer) => String(headers['content-type']).startsWith('text/event-stream')

async function* chunksOf({ body }: Answer): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) if (chunk instanceof Uint8Array) yield chunk
}

async function textOf(answer: Answer, mostBytes: number, alive = () => {}): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of chunksOf(answer)) {
    alive()
    text += decoder.decode(chunk, { stream: true })
    bytes += chunk.byteLength
    if (bytes > mostBytes) break
  }
  return text
}

async function jsonOf(answer: Answer, alive: () => void): Promise<unknown> {
  return JSON.parse(await textOf(answer, MOST_BYTES, alive))
}

function asStreamed({ choices: [first], usage }: Completion): Streamed {
  return {
    text: first?.message.content ?? '',
    refusal: first?.message.refusal ?? '',
    finish: first?.finish_reason ?? 'stop',
    usage,
    pieces: usage?.completion_tokens ?? 0
  }
}
