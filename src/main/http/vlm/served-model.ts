import { Counter, Gauge, type Registry } from 'prom-client'
import type { ChatAnswer, ChatModel } from '../../../domain/chat-model.ts'
import { StudioError } from '../../../domain/errors.ts'

/** Requests that wait for the model, which answers one at a time; who comes later is sent away. */
const MOST_WAITING = 256

/** The model that a server serves, by its name, with what Prometheus reads of it. */
export class ServedModel {
  readonly name: string
  readonly model: ChatModel
  readonly created = Math.floor(Date.now() / 1000)
  readonly #waiting: Gauge
  readonly #tokens: Counter<'kind'>
  #count = 0

  constructor(name: string, model: ChatModel, registry: Registry) {
    this.name = name
    this.model = model
    const registers = [registry]
    this.#waiting = new Gauge({ name: 'apex_vlm_requests', help: 'Requests at work and waiting', registers })
    this.#tokens = new Counter({
      name: 'apex_vlm_tokens_total',
      help: 'Tokens of prompts, those of them that were read for a request before, and tokens written',
      labelNames: ['kind'],
      registers
    })
  }

  /** @throws StudioError `address-unknown`, which is 404, as OpenAI has it for a model there is not. */
  requireModel(asked: string): void {
    if (asked === this.name) return
    throw new StudioError('address-unknown', `There is no model "${asked}" here.`, {
      hint: `This server has "${this.name}".`
    })
  }

  /** @throws StudioError `queue-full`. Call what it returns once the request is done with. */
  enter(): () => void {
    if (this.#count >= MOST_WAITING) {
      throw new StudioError('queue-full', `${this.#count} requests wait for the model already.`, {
        hint: 'Send it again when others have been answered.'
      })
    }
    this.#waiting.set(++this.#count)
    let isIn = true
    return () => {
      if (isIn) this.#waiting.set(--this.#count)
      isIn = false
    }
  }

  count({ tokens }: ChatAnswer): void {
    this.#tokens.inc({ kind: 'prompt' }, tokens.prompt)
    this.#tokens.inc({ kind: 'cached' }, tokens.cached ?? 0)
    this.#tokens.inc({ kind: 'completion' }, tokens.completion)
  }
}
