import { type StudioError, toStudioError } from '../../domain/errors.ts'
import type { ModelProgress, ModelState } from '../../domain/models/model-state.ts'

export type WorkPhase = Extract<ModelState['state'], 'asking' | 'downloading' | 'checking' | 'importing'>

interface AtWork {
  readonly abort: AbortController
  readonly ended: Promise<void>
  phase: WorkPhase
  progress: ModelProgress | null
}

export interface WorkContext {
  readonly signal: AbortSignal
  readonly tell: (phase: WorkPhase, progress: ModelProgress | null) => void
}

/** What this process is doing with models now, and how the last thing with each came out. */
export class ModelWork {
  readonly #now = new Map<string, AtWork>()
  readonly #errors = new Map<string, StudioError>()
  readonly #onChanged: () => void

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged
  }

  of(id: string): Readonly<AtWork> | null {
    return this.#now.get(id) ?? null
  }

  errorOf(id: string): StudioError | null {
    return this.#errors.get(id) ?? null
  }

  /** Bytes that are still to be written by all others. */
  promisedBut(id: string): number {
    const others = [...this.#now].filter(([each]) => each !== id)
    return others.reduce((sum, [, { progress }]) => sum + (progress ? progress.total - progress.done : 0), 0)
  }

  /** Begins something long with a model. Resolves and rejects with it; what goes wrong is remembered too. */
  run(id: string, phase: WorkPhase, work: (context: WorkContext) => Promise<void>): Promise<void> {
    const abort = new AbortController()
    this.#errors.delete(id)
    const ended = this.#attempt(id, abort, work)
    this.#now.set(id, { abort, ended, phase, progress: null })
    this.#onChanged()
    return ended
  }

  async #attempt(id: string, abort: AbortController, work: (context: WorkContext) => Promise<void>): Promise<void> {
    // Not before it is known to be at work.
    await Promise.resolve()
    try {
      await work({
        signal: abort.signal,
        tell: (phase, progress) => {
          const now = this.#now.get(id)
          if (now) Object.assign(now, { phase, progress })
          this.#onChanged()
        }
      })
    } catch (thrown) {
      const error = toStudioError(thrown)
      if (error.code !== 'cancelled') this.#errors.set(id, error)
      throw error
    } finally {
      this.#now.delete(id)
      this.#onChanged()
    }
  }

  /** Ends what is being done with a model, and waits until it has ended. */
  async stop(id: string, reason: StudioError): Promise<void> {
    const now = this.#now.get(id)
    now?.abort.abort(reason)
    await now?.ended.catch(() => undefined)
  }

  async stopAll(reason: StudioError): Promise<void> {
    await Promise.all([...this.#now.keys()].map((id) => this.stop(id, reason)))
  }
}
