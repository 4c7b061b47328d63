import { Agent, type FormData, fetch } from 'undici'
import { StudioError } from '../../../domain/errors.ts'
import { cancelledBy } from '../cancellation.ts'
import { faultOf } from '../remote/refusal.ts'
import { named, type RemoteServer, requestOf, unreachable } from '../remote/remote-server.ts'
import { TransientFault } from '../remote/server-fault.ts'
import type { RemoteFluxLimits } from './limits.ts'

/** What is sent: JSON text or a form. */
export type FluxBody = string | FormData

/** Requests to one Flux server. Each is sent once; nothing is remembered. */
export class FluxExchange {
  readonly #server: RemoteServer
  readonly #limits: RemoteFluxLimits
  readonly #agent: Agent

  constructor(server: RemoteServer, limits: RemoteFluxLimits) {
    this.#server = server
    this.#limits = limits
    // A picture takes minutes in which nothing comes: the whole is timed here.
    this.#agent = new Agent({ connect: { timeout: limits.connectMs }, headersTimeout: 0, bodyTimeout: 0 })
  }

  /**
   * The answer to a POST, parsed by `read`.
   * @throws TransientFault, RequestRefused, StudioError `engine-unavailable`, `cancelled`
   */
  async post<T>(path: string, body: FluxBody, read: (answer: unknown) => T, signal: AbortSignal): Promise<T> {
    const { href, headers } = requestOf(this.#server, path)
    const json = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
    const patience = AbortSignal.timeout(this.#limits.totalMs)
    try {
      const answer = await fetch(href, {
        dispatcher: this.#agent,
        method: 'POST',
        headers: { ...headers, ...json },
        body,
        // Somewhere else than what was named is not asked, and gets neither key nor photo.
        redirect: 'manual',
        signal: AbortSignal.any([signal, patience])
      })
      const text = await this.#textOf(answer.body)
      if (answer.status !== 200) {
        const retryAfter = answer.headers.get('retry-after') ?? undefined
        throw faultOf(this.#server, { status: answer.status, body: text, retryAfter })
      }
      return read(JSON.parse(text))
    } catch (thrown) {
      if (signal.aborted) throw cancelledBy(signal)
      throw this.#asFault(thrown, patience.aborted)
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }

  async #textOf(body: AsyncIterable<Uint8Array> | null): Promise<string> {
    const pieces: Uint8Array[] = []
    let bytes = 0
    for await (const piece of body ?? []) {
      bytes += piece.byteLength
      if (bytes > this.#limits.answerBytes) throw this.#noPicture('sends without end')
      pieces.push(piece)
    }
    return Buffer.concat(pieces).toString('utf8')
  }

  #asFault(thrown: unknown, isTooLate: boolean): StudioError {
    if (thrown instanceof StudioError) return thrown
    if (isTooLate) {
      const minutes = Math.round(this.#limits.totalMs / 60_000)
      return new TransientFault(`The server at ${named(this.#server)} was not done within ${minutes} minutes.`, {
        hint: 'It may be overloaded, or have no graphics card.',
        cause: thrown
      })
    }
    if (thrown instanceof SyntaxError || (thrown instanceof Error && thrown.name === 'ZodError'))
      return this.#noPicture('answers with no picture', thrown)
    const { message, hint } = unreachable(this.#server, thrown, this.#limits.connectMs)
    return new TransientFault(message, { hint, cause: thrown })
  }

  #noPicture(how: string, cause?: unknown): StudioError {
    return new StudioError('engine-output-invalid', `The server at ${named(this.#server)} ${how}.`, {
      hint: 'Check that it speaks the Images API of OpenAI or the seed system’s /generate, and look at its log.',
      cause
    })
  }
}
