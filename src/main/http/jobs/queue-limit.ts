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
  #counting: Promise<void> | null = null

  constructor(jobs: Pick<JobRepository, 'counts'>, most: number) {
    this.#jobs = jobs
    this.#most = most
  }

  /**
   * Runs what brings one job into the queue; the place of an order that comes to nothing, or was there already, is free.
   * @throws StudioError `queue-full`, or what `order` throws.
   */
  async admit<T extends { readonly isRepeated: boolean }>(order: () => Promise<T>): Promise<T> {
    // Whoever comes while it is counted waits for that count.
    if (performance.now() - this.#countedAt > COUNT_MS) {
      this.#counting ??= this.#count()
      await this.#counting
    }
    if (this.#waiting >= this.#most) throw new StudioError('queue-full', `${this.#waiting} jobs wait already.`)
    this.#waiting += 1
    const counted = this.#countedAt
    let isNew = false
    try {
      const ordered = await order()
      isNew = !ordered.isRepeated
      return ordered
    } finally {
      // A later count never knew of it.
      if (!isNew && counted === this.#countedAt) this.#waiting -= 1
    }
  }

  async #count(): Promise<void> {
    try {
      this.#waiting = (await this.#jobs.counts({ status: ['pending'] })).pending
      this.#countedAt = performance.now()
    } finally {
      this.#counting = null
    }
  }
}
