import type { CallContext } from '../../../domain/progress.ts'

/** Without a step to go by: a model of many gigabytes is read from a slow drive, or makes its first step on processors. */
const UNKNOWN_MS = 30 * 60_000
/** A step takes as long as the one before it; other programs may slow it down by this. */
const PATIENCE = 10
const LEAST_MS = 120_000

/** Tells how far a picture is, and until when the next sign of life comes. */
export class StepClock {
  readonly #context: CallContext
  readonly #total: number
  #done = 0
  #last: number | undefined

  constructor(context: CallContext, total: number) {
    this.#context = context
    this.#total = total
  }

  /** A part begins. @throws the signal's reason when it is raised */
  begin(activity: string): void {
    this.#context.signal.throwIfAborted()
    this.#tell(activity, UNKNOWN_MS)
    this.#done++
    this.#last = undefined
  }

  /** One more step of a part that takes many was done. */
  step(activity: string, preview: string | undefined): void {
    const now = performance.now()
    const withinMs = this.#last === undefined ? UNKNOWN_MS : Math.max(LEAST_MS, PATIENCE * (now - this.#last))
    this.#last = now
    this.#tell(activity, withinMs, preview)
    this.#done++
  }

  /** Between the parts of one step. */
  alive(activity: string): void {
    this.#tell(activity, UNKNOWN_MS)
  }

  #tell(activity: string, withinMs: number, preview?: string): void {
    const done = Math.min(this.#done, this.#total)
    this.#context.onProgress({
      activity,
      done,
      total: this.#total,
      withinMs,
      ...(preview !== undefined && { preview })
    })
  }
}
