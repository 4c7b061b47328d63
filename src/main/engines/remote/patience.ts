import { setTimeout as sleep } from 'node:timers/promises'
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  ConstantBackoff,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  noJitterGenerator,
  retry
} from 'cockatiel'
import { cancelledBy } from '../cancellation.ts'
import { TransientFault } from './server-fault.ts'

/** A server that asks to be left alone for longer is not waited for here: the job waits in plain sight, milliseconds. */
const LONGEST_ASKED_MS = 20_000

/** The breaker stays open ever longer while the server stays away, up to this many times its first rest. */
const LONGEST_REST = 6

/** Times in milliseconds. */
export interface PatienceLimits {
  /** Times a request is sent in all when the server cannot be reached, is overloaded or breaks off. */
  readonly tries: number
  /** The first wait before another try; doubled, with chance in it, up to the longest. */
  readonly retryMs: { readonly first: number; readonly longest: number }
  /** Failures in a row after which the server is left alone, and for how long. */
  readonly breaker: { readonly failures: number; readonly restMs: number }
}

/** Sends again what failed for want of the server, and leaves a server alone that failed many times in a row. */
export class Patience {
  readonly #limits: PatienceLimits
  readonly #again: ReturnType<typeof sendAgain>
  readonly #breaker: ReturnType<typeof leaveAlone>
  #last: TransientFault | undefined

  constructor(limits: PatienceLimits) {
    this.#limits = limits
    this.#again = sendAgain(limits.tries)
    this.#breaker = leaveAlone(limits.breaker)
  }

  /** @throws what `work` throws; the last fault while the server is left alone; `cancelled` as soon as it is. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const { first, longest } = this.#limits.retryMs
    let backoff = new ExponentialBackoff({ initialDelay: first, maxDelay: longest }).next()
    return await this.#again.execute(async ({ attempt }) => {
      if (attempt > 0) {
        await sleep(this.#last?.retryAfterMs ?? backoff.duration, undefined, { signal }).catch(() => undefined)
        backoff = backoff.next(undefined)
      }
      if (signal.aborted) throw cancelledBy(signal)
      return await this.#once(work)
    })
  }

  async #once<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#breaker.execute(work)
    } catch (thrown) {
      if (thrown instanceof TransientFault) this.#last = thrown
      if (thrown instanceof BrokenCircuitError && this.#last) throw leftAlone(this.#last)
      throw thrown
    }
  }
}

function sendAgain(tries: number) {
  const isWorthIt = handleWhen(
    (thrown) => thrown instanceof TransientFault && (thrown.retryAfterMs ?? 0) <= LONGEST_ASKED_MS
  )
  // The wait itself is in the work, where it can be cancelled.
  return retry(isWorthIt, { maxAttempts: tries - 1, backoff: new ConstantBackoff(0) })
}

function leaveAlone({ failures, restMs }: PatienceLimits['breaker']) {
  return circuitBreaker(
    handleWhen((thrown) => thrown instanceof TransientFault),
    {
      halfOpenAfter: new ExponentialBackoff({
        initialDelay: restMs,
        maxDelay: restMs * LONGEST_REST,
        generator: noJitterGenerator
      }),
      breaker: new ConsecutiveBreaker(failures)
    }
  )
}

/** The same fault, not to be tried again before the server has had its rest. */
function leftAlone({ message, hint, cause }: TransientFault): TransientFault {
  return new TransientFault(message, { hint, cause, retryAfterMs: Number.POSITIVE_INFINITY })
}
