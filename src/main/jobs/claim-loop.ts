import type { Job } from '../../domain/job.ts'
import { faultPoint } from '../fault-points.ts'
import type { JobRepository, Worker, WorkerAbilities } from '../store/job-repository.ts'
import type { WorkSlot, WorkSlots } from './work-slots.ts'

export interface ClaimLoopOptions {
  readonly repository: JobRepository
  readonly worker: Worker
  /** What its engines can do; left out for a worker that takes every job. */
  readonly abilities?: (() => Promise<WorkerAbilities>) | undefined
  readonly slots: WorkSlots
  /** Asked before and after each claim: false while paused, stopped, or where enough jobs are held. */
  readonly mayClaim: () => boolean
  readonly onClaimed: (job: Job, slot: WorkSlot) => void
  readonly onTrouble: (thrown: unknown) => void
}

/** Claims jobs one after the other for as long as there are jobs and slots. */
export class ClaimLoop {
  readonly #options: ClaimLoopOptions
  #running: Promise<void> | null = null
  #again = false

  constructor(options: ClaimLoopOptions) {
    this.#options = options
  }

  /** There may be something to claim. Cheap; may be called at any time. */
  wake(): void {
    this.#again = true
    this.#running ??= this.#run().finally(() => {
      this.#running = null
    })
  }

  /** Resolves when no claim is under way. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false
      try {
        let claimed = true
        while (claimed) claimed = await this.#claimOne()
      } catch (thrown) {
        this.#options.onTrouble(thrown)
      }
    }
  }

  async #claimOne(): Promise<boolean> {
    const slot = this.#options.mayClaim() ? this.#options.slots.take() : null
    if (!slot) return false
    const job = await this.#claim().catch((thrown: unknown) => {
      slot.endUnused()
      throw thrown
    })
    if (job) this.#options.onClaimed(job, slot)
    else slot.endUnused()
    return job !== null
  }

  async #claim(): Promise<Job | null> {
    const { repository, worker, abilities, mayClaim } = this.#options
    const job = await repository.claim(abilities ? { ...worker, abilities: await abilities() } : worker)
    if (job === null) return null
    await faultPoint('after-claim')
    if (mayClaim()) return job
    await repository.release(job, { charge: false })
    return null
  }
}
