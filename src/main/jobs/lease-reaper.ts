import { performance } from 'node:perf_hooks'
import type { Lease } from '../../domain/job.ts'
import type { JobRepository, Worker } from '../store/job-repository.ts'
import { isKnownDead } from './worker-identity.ts'

interface Observation {
  readonly lease: Lease
  /** When it was last looked at, on this process's monotonic clock. */
  readonly at: number
  /** Milliseconds it has been watched without a beat. */
  readonly quietMs: number
}

export interface LeaseReaperOptions {
  readonly repository: JobRepository
  readonly worker: Worker
  /** Milliseconds without a beat after which a worker counts as dead. */
  readonly leaseMs: number
  /** Monotonic milliseconds; wall clocks of two machines differ. */
  readonly now?: () => number
}

/** Puts the jobs of dead workers back in the queue. */
export class LeaseReaper {
  readonly #options: LeaseReaperOptions
  readonly #now: () => number
  #seen = new Map<string, Observation>()

  constructor(options: LeaseReaperOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  /** Looks at every lease but those of `own` jobs; resolves to how many jobs it put back. Call it several times in a lease time. */
  async reap(own: ReadonlySet<string>): Promise<number> {
    const { repository, worker, leaseMs } = this.#options
    const leases = (await this.#leases()).filter(({ id }) => !own.has(id))
    const seen = new Map(leases.map(({ id, lease }) => [id, this.#observe(lease, this.#seen.get(id))]))
    this.#seen = seen
    let reclaimed = 0
    for (const [id, { lease, quietMs }] of seen) {
      if (quietMs < leaseMs && !isKnownDead(lease, worker)) continue
      // One of this process that it does not work on was given to it by a claim whose answer was lost.
      const charge = lease.bootId !== worker.bootId
      if (await repository.reclaim(id, lease, { charge })) reclaimed += 1
    }
    return reclaimed
  }

  /** While the store is away no worker can show a sign of life: none counts as quiet for that. */
  async #leases(): ReturnType<JobRepository['leases']> {
    try {
      return await this.#options.repository.leases()
    } catch (thrown) {
      this.#seen = new Map()
      throw thrown
    }
  }

  #observe(lease: Lease, before: Observation | undefined): Observation {
    const at = this.#now()
    if (!before || before.lease.token !== lease.token || before.lease.beat !== lease.beat) {
      return { lease, at, quietMs: 0 }
    }
    // A machine that slept saw nothing in that time: a gap counts for no more than two looks.
    const watched = Math.min(at - before.at, this.#options.leaseMs / 2)
    return { lease, at, quietMs: before.quietMs + watched }
  }
}
