import { EventEmitter } from 'node:events'
import { type StudioError, toStudioError } from '../../domain/errors.ts'
import type { ArtifactId, Job } from '../../domain/job.ts'
import type { Progress, Step } from '../../domain/progress.ts'
import type { TimeLeftOf } from './time-left.ts'

/** Where a job of this worker is right now; told when a step begins and with each sign of life of its engine. */
export interface JobProgress extends TimeLeftOf {
  readonly jobId: string
  /** File name of the first reference. */
  readonly name: string
  /** The first reference itself. */
  readonly reference: ArtifactId | null
  readonly step: Step
  /** From 1; null for steps that belong to no attempt. */
  readonly attempt: number | null
  /** Null when the step has just begun. */
  readonly progress: Progress | null
}

export type Unsubscribe = () => void

class Topic<T> {
  readonly #emitter = new EventEmitter<{ told: [T] }>()
  readonly #onThrown: (thrown: unknown) => void

  constructor(onThrown: (thrown: unknown) => void) {
    this.#onThrown = onThrown
    // One listener for each window, client and job that is waited for: their number is no sign of a leak.
    this.#emitter.setMaxListeners(0)
  }

  /** A listener that throws is trouble; it stops neither the others nor the job. */
  hear(listener: (value: T) => void): Unsubscribe {
    const guarded = (value: T) => {
      try {
        listener(value)
      } catch (thrown) {
        this.#onThrown(thrown)
      }
    }
    this.#emitter.on('told', guarded)
    return () => this.#emitter.off('told', guarded)
  }

  /** False where telling is of no use, and so is finding out what to tell. */
  get isHeard(): boolean {
    return this.#emitter.listenerCount('told') > 0
  }

  tell(value: T): void {
    this.#emitter.emit('told', value)
  }
}

/** What happens to jobs, told to whoever listens in this process. */
export class JobEvents {
  /** The manager itself met with an error, e.g. the store is away; no job fails by it. */
  readonly trouble = new Topic<StudioError>(() => undefined)
  /** A job was stored: created, moved on, waiting, ended. */
  readonly changed = new Topic<Job>((thrown) => this.report(thrown))
  readonly progress = new Topic<JobProgress>((thrown) => this.report(thrown))
  /** The queue was paused (true) or resumed. */
  readonly paused = new Topic<boolean>((thrown) => this.report(thrown))

  report(thrown: unknown): void {
    this.trouble.tell(toStudioError(thrown))
  }
}
