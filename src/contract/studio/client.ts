import { deserializeError, StudioError } from '../../domain/errors.ts'
import type { Progress } from '../../domain/progress.ts'
import { say } from '../../domain/sentences/say.ts'
import { STUDIO_CALLS_BY_NAME, type StudioCallName, type StudioCallParams, type StudioCallResult } from './calls.ts'
import { STUDIO_EVENTS, type StudioEventName, type StudioEventPayload } from './events.ts'
import { type Media, mediaAddress } from './media.ts'
import { type StudioTransport, studioAnswerSchema, studioMessageSchema } from './transport.ts'

export type TaskProgress = Omit<Progress, 'withinMs'>

export interface CallOptions {
  /** Raising it ends the call, on the studio's side too. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: TaskProgress) => void
}

export interface StudioClient {
  /** @throws StudioError as the studio raised it; `cancelled` when the signal was raised; `call-invalid` where an answer does not fit. */
  call<N extends StudioCallName>(
    name: N,
    params: StudioCallParams<N>,
    options?: CallOptions
  ): Promise<StudioCallResult<N>>
  /** Returns what ends it. A payload that does not fit the contract is dropped and told on the console. */
  subscribe<N extends StudioEventName>(event: N, listener: (payload: StudioEventPayload<N>) => void): () => void
  /** The address of a picture for an `img`. */
  address(media: Media): string
}

type Listener = (payload: unknown) => void

/** The studio as a page sees it, over whatever carries it. */
export function createStudioClient(transport: StudioTransport): StudioClient {
  const listeners = new Map<string, Set<Listener>>()
  let endListening: (() => void) | null = null

  const hear = (message: unknown) => {
    const parsed = studioMessageSchema.safeParse(message)
    if (!parsed.success) return
    const { event, payload } = parsed.data
    for (const listener of listeners.get(event) ?? []) listener(payload)
  }

  function subscribe<N extends StudioEventName>(event: N, listener: (payload: StudioEventPayload<N>) => void) {
    const checked: Listener = (payload) => {
      const parsed = STUDIO_EVENTS[event].safeParse(payload)
      if (parsed.success) listener(parsed.data)
      else console.error(`The event ${event} does not fit the contract.`, parsed.error)
    }
    const heard = listeners.get(event) ?? new Set()
    listeners.set(event, heard.add(checked))
    endListening ??= transport.listen(hear)
    return () => {
      heard.delete(checked)
      if ([...listeners.values()].some((set) => set.size > 0)) return
      endListening?.()
      endListening = null
    }
  }

  async function call<N extends StudioCallName>(name: N, params: StudioCallParams<N>, options: CallOptions = {}) {
    const { signal, onProgress } = options
    if (signal?.aborted) throw cancelled(signal)
    const task = signal || onProgress ? newTaskId() : null
    const ends: (() => void)[] = []
    if (onProgress) {
      ends.push(subscribe('task.progress', (told) => told.task === task && onProgress(told.progress)))
    }
    if (signal && task !== null) {
      const cancel = () => void transport.call({ name: 'tasks.cancel', params: { task }, task: null })
      signal.addEventListener('abort', cancel, { once: true })
      ends.push(() => signal.removeEventListener('abort', cancel))
    }
    try {
      const answer = studioAnswerSchema.safeParse(await transport.call({ name, params, task }))
      if (!answer.success) throw misfit(name, answer.error)
      if (!answer.data.ok) throw deserializeError(answer.data.error)
      const result = STUDIO_CALLS_BY_NAME[name].result.safeParse(answer.data.result)
      if (!result.success) throw misfit(name, result.error)
      return result.data
    } finally {
      for (const end of ends) end()
    }
  }

  return { call, subscribe, address: (media) => mediaAddress(transport.mediaBase, media) }
}

/** 128 random bits. `crypto.randomUUID` is not there for a page that came over plain HTTP from another machine. */
function newTaskId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function misfit(name: string, cause: unknown): StudioError {
  return new StudioError('call-invalid', `The answer to ${name} does not fit the contract.`, { cause })
}

function cancelled(signal: AbortSignal): StudioError {
  return new StudioError('cancelled', say('error-cancelled'), { cause: signal.reason })
}
