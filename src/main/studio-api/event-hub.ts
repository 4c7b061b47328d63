import { EventEmitter } from 'node:events'
import type { StudioEventName, StudioEventPayload } from '../../contract/studio/events.ts'

export type TellEvent = <N extends StudioEventName>(event: N, payload: StudioEventPayload<N>) => void

/** Carries events from whatever happens in the studio to whoever is connected. */
export class EventHub {
  readonly #emitter = new EventEmitter<{ told: [{ event: StudioEventName; payload: unknown }] }>()

  constructor() {
    // One listener for each window and client: their number is no sign of a leak.
    this.#emitter.setMaxListeners(0)
  }

  readonly tell: TellEvent = (event, payload) => {
    this.#emitter.emit('told', { event, payload })
  }

  hear(listener: (message: { event: StudioEventName; payload: unknown }) => void): () => void {
    this.#emitter.on('told', listener)
    return () => this.#emitter.off('told', listener)
  }

  /** Only events of one name. */
  on<N extends StudioEventName>(event: N, listener: (payload: StudioEventPayload<N>) => void): () => void {
    return this.hear((message) => {
      // `tell` ties each payload to its name.
      if (message.event === event) listener(message.payload as StudioEventPayload<N>)
    })
  }
}
