import type { SerializedError } from '../../domain/errors.ts'
import type { ServerSettings } from '../../domain/server-settings.ts'

export interface ServingState {
  /** Where browsers reach the studio, the best first. */
  readonly addresses: readonly string[]
  readonly loopback: boolean
  readonly settings: ServerSettings | null
  readonly error: SerializedError | null
}

/** What is known of the server that serves browsers, which is started after the studio's own calls are there. */
export class Serving {
  readonly #onChanged: () => void
  #state: ServingState = { addresses: [], loopback: true, settings: null, error: null }

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged
  }

  get state(): ServingState {
    return this.#state
  }

  change(change: Partial<ServingState>): void {
    this.#state = { ...this.#state, ...change }
    this.#onChanged()
  }
}
