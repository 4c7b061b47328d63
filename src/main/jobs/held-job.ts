import type { Attempt, Job } from '../../domain/job.ts'
import { faultPoint } from '../fault-points.ts'
import type { JobChange, JobRepository } from '../store/job-repository.ts'
import { outwait, type Patience } from './outwait.ts'

/**
 * A job this worker holds, as it was last stored. Every change goes through `store`: one durable transition each, one
 * after the other, refused once another worker has taken the job over.
 */
export class HeldJob {
  #job: Job
  #last: Promise<unknown> = Promise.resolve()
  readonly #repository: JobRepository
  readonly #onStored: (job: Job) => void
  readonly #patience: Patience

  constructor(job: Job, repository: JobRepository, onStored: (job: Job) => void, patience: Patience) {
    this.#job = job
    this.#repository = repository
    this.#onStored = onStored
    this.#patience = patience
  }

  get job(): Job {
    return this.#job
  }

  /**
   * Stores what `change` makes of the job as it stands when its turn comes. A job that waited for an engine and now
   * changes has its engine back, so the wait ends with the same transition. Waits for a store that is away.
   * @throws StudioError `lease-lost`, or what the repository raises.
   */
  store(change: (job: Job) => JobChange): Promise<Job> {
    const stored = this.#last.then(async () => {
      const waitEnds = this.#job.waiting === null ? {} : { waiting: null }
      const next = { ...waitEnds, ...change(this.#job) }
      this.#job = await outwait(() => this.#repository.transition(this.#job, next), this.#patience)
      await faultPoint('after-commit')
      this.#onStored(this.#job)
      return this.#job
    })
    this.#last = stored.catch(() => undefined)
    return stored
  }

  /** Stores a change of one attempt. */
  storeAttempt(number: number, change: Partial<Attempt>): Promise<Job> {
    return this.store((job) => ({ attempts: withAttempt(job, number, change) }))
  }

  /** Tells other workers that this one lives. @throws StudioError `lease-lost`. */
  beat(): Promise<void> {
    return this.#repository.beat(this.#job)
  }

  /** Puts the job back in the queue without charging the claim; what is being stored is stored first. */
  async release(): Promise<void> {
    await this.#last
    await this.#repository.release(this.#job, { charge: false })
  }
}

/** The job's attempts with one of them changed. */
export function withAttempt(job: Job, number: number, change: Partial<Attempt>): Attempt[] {
  return job.attempts.map((attempt) => (attempt.number === number ? { ...attempt, ...change } : attempt))
}
