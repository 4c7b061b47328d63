import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ErrorCode, StudioError, serializeError, toStudioError } from '../../domain/errors.ts'
import type { Setback } from '../../domain/job.ts'
import type { CallContext, OnProgress, Step } from '../../domain/progress.ts'
import { unlessCancelled } from '../engines/cancellation.ts'
import { faultPoint } from '../fault-points.ts'
import type { HeldJob } from './held-job.ts'
import type { WorkSlot } from './work-slots.ts'

/** Failures of an engine, not of the order: the same step is tried again. */
const TRIED_AGAIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'engine-crashed',
  'engine-out-of-memory',
  'engine-timeout',
  'engine-output-invalid'
])

export interface StepPolicy {
  /** Times one step is tried in all before the job fails. */
  readonly maxTries: number
  /** First and longest wait for an engine that is away, milliseconds; doubled in between. */
  readonly retryMs: { readonly first: number; readonly longest: number }
}

/** Where in the job a step stands, for progress and for the account of failures. */
export interface StepPlace {
  readonly step: Step
  readonly attempt: number | null
}

export interface StepResult<T> {
  readonly result: T
  /** Milliseconds the try that succeeded took. */
  readonly ms: number
}

export interface StepRunnerOptions {
  readonly held: HeldJob
  readonly signal: AbortSignal
  readonly slot: WorkSlot
  readonly policy: StepPolicy
  /** Called when a try of a step begins; what it returns is called with each sign of life. */
  readonly onProgress: (place: StepPlace) => OnProgress
}

/** Runs the steps of one job: waits for engines that are away, tries again what an engine broke, stops when told to. */
export class StepRunner {
  readonly #options: StepRunnerOptions
  /** What the job last said it waits for. */
  #waitsFor: string | null

  constructor(options: StepRunnerOptions) {
    this.#options = options
    this.#waitsFor = options.held.job.waiting?.error.message ?? null
  }

  /** Raised when the job is to stop. */
  get signal(): AbortSignal {
    return this.#options.signal
  }

  /**
   * @throws the signal's reason when the job is stopped; StudioError of the engine when trying again did not help;
   * any other error as it came.
   */
  async run<T>(place: StepPlace, work: (context: CallContext) => Promise<T>): Promise<StepResult<T>> {
    const { held, signal, policy } = this.#options
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.whileAway(() => this.once(place, work))
      } catch (thrown) {
        signal.throwIfAborted()
        const error = toStudioError(thrown)
        if (!TRIED_AGAIN.has(error.code)) throw error
        if (tries >= policy.maxTries) throw givenUp(place, error, tries)
        this.#waitsFor = null
        await held.store((job) => ({ setbacks: [...job.setbacks, setback(place, error)] }))
      }
    }
  }

  /** One try, whatever comes of it. @throws the signal's reason when the job is stopped, else the error as it came. */
  async once<T>(place: StepPlace, work: (context: CallContext) => Promise<T>): Promise<StepResult<T>> {
    const { signal } = this.#options
    signal.throwIfAborted()
    const report = this.#options.onProgress(place)
    const started = performance.now()
    let over = false
    const onProgress: OnProgress = (progress) => {
      if (over) return
      this.#endWait()
      report(progress)
    }
    const result = await unlessCancelled(work({ signal, onProgress }), signal).finally(() => {
      over = true
    })
    this.#waitsFor = null
    await faultPoint('mid-step')
    return { result, ms: Math.round(performance.now() - started) }
  }

  /** Repeats `work` for as long as its engine is away. The job says so, is charged nothing and takes up no slot. */
  async whileAway<T>(work: () => Promise<T>): Promise<T> {
    const { signal, slot, policy } = this.#options
    for (let wait = policy.retryMs.first; ; wait = Math.min(wait * 2, policy.retryMs.longest)) {
      try {
        return await work()
      } catch (thrown) {
        signal.throwIfAborted()
        const error = toStudioError(thrown)
        if (error.code !== 'engine-unavailable') throw error
        await this.#beginWait(error)
        await slot.lendWhile(() => sleep(wait, undefined, { signal }).catch(() => undefined), signal)
        signal.throwIfAborted()
      }
    }
  }

  async #beginWait(error: StudioError): Promise<void> {
    if (this.#waitsFor === error.message) return
    this.#waitsFor = error.message
    await this.#options.held.store((job) => ({
      waiting: { error: serializeError(error), since: job.waiting?.since ?? new Date() }
    }))
  }

  /** The engine shows signs of life again. */
  #endWait(): void {
    if (this.#waitsFor === null) return
    this.#waitsFor = null
    // A store that refuses this refuses the step's own transition too, and that one is heard.
    this.#options.held.store(() => ({})).catch(() => undefined)
  }
}

export function setback(place: StepPlace, error: StudioError): Setback {
  return { ...place, error: serializeError(error), at: new Date() }
}

function givenUp({ step, attempt }: StepPlace, error: StudioError, tries: number): StudioError {
  const where = attempt === null ? `The step "${step}"` : `The step "${step}" of attempt ${attempt}`
  return new StudioError(error.code, `${where} failed ${tries} times. ${error.message}`, {
    hint: 'Choose a smaller resolution or another engine, or run doctor. Finished steps are kept: the job can be resumed.',
    details: error.details,
    cause: error
  })
}
