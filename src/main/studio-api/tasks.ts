import { StudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { say } from '../../domain/sentences/say.ts'
import type { TellEvent } from './event-hub.ts'

/** The calls at work that can be cancelled and tell how far they are. */
export class Tasks {
  readonly #tell: TellEvent
  readonly #running = new Map<string, AbortController>()
  readonly #all = new Set<AbortController>()

  constructor(tell: TellEvent) {
    this.#tell = tell
  }

  /** Runs `work` under the id its caller gave; null for one that nobody asks about. */
  async run<T>(task: string | null, work: (context: CallContext) => Promise<T>): Promise<T> {
    const abort = new AbortController()
    if (task !== null && this.#running.has(task)) {
      throw new StudioError('call-invalid', 'Another call has this task id.')
    }
    this.#all.add(abort)
    if (task !== null) this.#running.set(task, abort)
    try {
      return await work({
        signal: abort.signal,
        onProgress: ({ activity, done, total }) => {
          if (task !== null) this.#tell('task.progress', { task, progress: { activity, done, total } })
        }
      })
    } finally {
      this.#all.delete(abort)
      if (task !== null) this.#running.delete(task)
    }
  }

  cancel(task: string): void {
    this.#running.get(task)?.abort(new StudioError('cancelled', say('error-cancelled')))
  }

  cancelAll(): void {
    for (const abort of this.#all) abort.abort(new StudioError('cancelled', 'The studio is closing.'))
  }
}
