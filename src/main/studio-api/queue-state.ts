import type { QueueState } from '../../contract/studio/events.ts'
import type { JobProgress } from '../jobs/job-events.ts'
import type { JobManager } from '../jobs/job-manager.ts'
import type { JobRepository } from '../store/job-repository.ts'

/** What is running and what waits, for whoever shows the queue. */
export class QueueWatch {
  readonly #repository: JobRepository
  readonly #manager: JobManager
  readonly #running = new Map<string, number | null>()
  #usualMs: number | null = null

  constructor(repository: JobRepository, manager: JobManager) {
    this.#repository = repository
    this.#manager = manager
  }

  /** Remembers how much time a running job has left. */
  note({ jobId, leftMs, step, progress }: JobProgress): void {
    this.#running.set(jobId, leftMs)
    // The first sign of a job tells how long a whole one mostly takes.
    if (step === 'inspect' && progress === null) this.#usualMs = leftMs
  }

  async state(): Promise<QueueState> {
    const [counts, leases] = await Promise.all([this.#repository.counts(), this.#repository.leases()])
    const running = leases.map(({ id }) => id)
    for (const id of this.#running.keys()) if (!running.includes(id)) this.#running.delete(id)
    return { paused: this.#manager.paused, counts, running, leftMs: this.#left(counts.pending) }
  }

  #left(pending: number): number | null {
    const left = [...this.#running.values()]
    if (pending === 0 && left.length === 0) return null
    if (left.includes(null) || (pending > 0 && this.#usualMs === null)) return null
    const running = left.reduce<number>((longest, ms) => Math.max(longest, ms ?? 0), 0)
    return running + pending * (this.#usualMs ?? 0)
  }
}
