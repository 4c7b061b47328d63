import { EventEmitter } from 'node:events'
import type { StudioError } from '../../domain/errors.ts'

/**
 * What an engine is at. idle: no process runs, the next call starts one; with an error where the last one came to a bad
 * end. ready: it waits for a call. busy: it works on one, or starts. away: it could not be started.
 */
export interface EngineActivity {
  readonly state: 'idle' | 'ready' | 'busy' | 'away'
  readonly error: StudioError | null
}

/** The present activity of one engine, and every change of it. */
export class ActivityOfEngine {
  readonly #emitter = new EventEmitter<{ changed: [] }>()
  #now: EngineActivity = { state: 'idle', error: null }

  get now(): EngineActivity {
    return this.#now
  }

  is(state: EngineActivity['state'], error: StudioError | null = null): void {
    if (this.#now.state === state && this.#now.error === error) return
    this.#now = { state, error }
    this.#emitter.emit('changed')
  }

  onChanged(listener: () => void): () => void {
    this.#emitter.on('changed', listener)
    return () => this.#emitter.off('changed', listener)
  }
}
