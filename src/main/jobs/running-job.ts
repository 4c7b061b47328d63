import { setTimeout as sleep } from 'node:timers/promises'
import type { VisionLanguageModel } from '../../domain/engine.ts'
import { type ErrorCode, StudioError, toStudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { OnProgress } from '../../domain/progress.ts'
import type { ArtifactStore } from '../store/artifact-store.ts'
import type { JobRepository } from '../store/job-repository.ts'
import { attemptLoop } from './attempt-loop.ts'
import { concludeJob, type WritePlainReport } from './conclude-job.ts'
import { type ChooseEngines, enginesOfJob } from './engines-of-job.ts'
import { HeldJob } from './held-job.ts'
import { JobSteps } from './job-steps.ts'
import { type Patience, patientArtifacts } from './outwait.ts'
import type { ScratchFolders } from './scratch-folders.ts'
import { type StepPlace, type StepPolicy, StepRunner } from './step-runner.ts'
import type { WorkSlot } from './work-slots.ts'

/** Errors of the place where jobs are kept: no reason for a job to fail. */
const OF_THE_STORE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['lease-lost', 'store-unavailable', 'store-locked'])

export interface RunningJobOptions {
  readonly repository: JobRepository
  readonly artifacts: ArtifactStore
  readonly chooseEngines: ChooseEngines
  readonly writePlainReport: WritePlainReport
  readonly scratch: ScratchFolders
  readonly policy: StepPolicy
  /** Times a job is claimed before it counts as one that kills its worker. */
  readonly maxClaims: number
  /** Milliseconds until a job that the store failed is put back in the queue. */
  readonly storeRetryMs: number
  readonly onStored: (job: Job) => void
  readonly onProgress: (job: Job, place: StepPlace) => OnProgress
  readonly onTrouble: (thrown: unknown) => void
}

/** `quit` puts the job back in the queue; the others mean that it is no longer this worker's. */
export type StopReason = 'quit' | 'cancelled' | 'lost'

/** One claimed job from its claim to its end, or until it is stopped. */
export class RunningJob {
  readonly #options: RunningJobOptions
  readonly #held: HeldJob
  readonly #slot: WorkSlot
  readonly #abort = new AbortController()
  readonly #patience: Patience
  #stopped: StopReason | null = null
  /** Resolves when nothing of it is left; never rejects. */
  readonly done: Promise<void>

  constructor(job: Job, slot: WorkSlot, options: RunningJobOptions) {
    this.#options = options
    this.#slot = slot
    const { repository, policy, onStored, onTrouble } = options
    this.#patience = { signal: this.#abort.signal, retryMs: policy.retryMs, onTrouble }
    this.#held = new HeldJob(job, repository, onStored, this.#patience)
    this.done = this.#run()
  }

  stop(reason: StopReason): void {
    this.#stopped ??= reason
    this.#abort.abort(new StudioError('cancelled', 'The job was stopped.'))
  }

  /** Renews the lease; a lease that is lost stops the job. */
  async beat(): Promise<void> {
    try {
      await this.#held.beat()
    } catch (thrown) {
      if (toStudioError(thrown).code === 'lease-lost') this.stop('lost')
      else this.#options.onTrouble(thrown)
    }
  }

  async #run(): Promise<void> {
    const { scratch, onTrouble } = this.#options
    try {
      const folder = await scratch.create()
      await this.#toItsEnd(folder).finally(() => scratch.remove(folder))
    } catch (thrown) {
      await this.#leave(thrown).catch(onTrouble)
    } finally {
      this.#slot.end()
    }
  }

  async #toItsEnd(scratch: string): Promise<void> {
    const { chooseEngines, maxClaims, onProgress, policy, writePlainReport } = this.#options
    const artifacts = patientArtifacts(this.#options.artifacts, this.#patience)
    const held = this.#held
    const { signal } = this.#abort
    const slot = this.#slot
    const runner = new StepRunner({ held, signal, slot, policy, onProgress: (place) => onProgress(held.job, place) })
    let vlm: VisionLanguageModel | null = null
    try {
      if (held.job.claims > maxClaims) throw claimsExhausted(held.job)
      const { engines, described } = await enginesOfJob(held, runner, chooseEngines)
      vlm = engines.vlm
      await attemptLoop(new JobSteps({ held, runner, vlm, engines, described, artifacts, scratch, writePlainReport }))
    } catch (thrown) {
      signal.throwIfAborted()
      const error = toStudioError(thrown)
      if (OF_THE_STORE.has(error.code)) throw error
      // With a final in the store only the report was missing, and that needs no engine.
      await concludeJob({ held, runner, vlm, writePlainReport }, held.job.final === null ? error : null)
    }
  }

  /** What becomes of a job that did not come to its end here. */
  async #leave(thrown: unknown): Promise<void> {
    if (this.#stopped === 'quit') return await this.#held.release()
    if (this.#stopped !== null || toStudioError(thrown).code === 'lease-lost') return await this.#tellLost()
    this.#options.onTrouble(thrown)
    this.#slot.end()
    // Held meanwhile: put back at once, it would be claimed again at once.
    await sleep(this.#options.storeRetryMs, undefined, { signal: this.#abort.signal }).catch(() => undefined)
    await this.#held.release()
  }

  /** Somebody else has changed the job: it is shown as they left it. */
  async #tellLost(): Promise<void> {
    const job = await this.#options.repository.get(this.#held.job._id)
    if (job) this.#options.onStored(job)
  }
}

function claimsExhausted({ claims }: Job): StudioError {
  return new StudioError('job-claims-exhausted', `It was begun ${claims - 1} times, and each time its worker ended.`)
}
