import { StudioError } from '../../../domain/errors.ts'
import type { JobRepository } from '../../store/job-repository.ts'

/** How long a count of the queue is good for, milliseconds; what comes in here meanwhile is added to it. */
const COUNT_MS = 500

/** Refuses orders while too many wait: a queue without an end would fill the drive. */
export class QueueLimit {
  readonly #jobs: Pick<JobRepository, 'counts'>
  readonly #most: number
  #waiting = 0
  #countedAt = Number.NEGATIVE_INFINITY

  constructor(jobs: Pick<JobRepository, 'counts'>, most: number) {
    this.#jobs = jobs
    this.#most = most
  }

  /** @throws StudioError `queue-full` */
  async enter(): Promise<void> {
    if (performance.now() - this.#countedAt > COUNT_MS) {
      this.#countedAt = performance.now()
      this.#waiting = (await this.#jobs.counts({ status: ['pending'] })).pending
    }
    if (this.#waiting >= this.#most) throw new StudioError('queue-full', `${this.#waiting} jobs wait already.`)
    this.#waiting += 1
  }
}
