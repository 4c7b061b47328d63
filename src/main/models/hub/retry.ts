import { setTimeout as sleep } from 'node:timers/promises'
import type { StudioError } from '../../../domain/errors.ts'

export interface RetryPolicy {
  /** In a row, without a single byte between them. */
  readonly mostFailures: number
  /** Doubled with each failure, ms. */
  readonly firstWaitMs: number
  readonly longestWaitMs: number
}

/** Some minutes altogether: as long as a router takes to start anew. */
export const PATIENT: RetryPolicy = { mostFailures: 8, firstWaitMs: 500, longestWaitMs: 30_000 }

/** Counts failures in a row and waits before the next try. */
export class Retries {
  readonly #policy: RetryPolicy
  #failures = 0

  constructor(policy: RetryPolicy) {
    this.#policy = policy
  }

  succeeded(): void {
    this.#failures = 0
  }

  /**
   * Waits, or gives up. `askedMs`: what the server itself asked for.
   * @throws the failure itself when there have been too many; the signal's reason once it is raised.
   */
  async failed(failure: StudioError, askedMs: number | null, signal: AbortSignal): Promise<void> {
    const { mostFailures, firstWaitMs, longestWaitMs } = this.#policy
    this.#failures += 1
    if (this.#failures >= mostFailures) throw failure
    const wait = Math.min(longestWaitMs, Math.max(askedMs ?? 0, firstWaitMs * 2 ** (this.#failures - 1)))
    // Between half and all of it: ranges that were cut off together do not come back together.
    const spread = askedMs === null ? wait * (0.5 + Math.random() / 2) : wait
    await sleep(spread, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

/** The header Retry-After in ms: seconds, or a date (RFC 9110, section 10.2.3); null where there is none. */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string') return null
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
