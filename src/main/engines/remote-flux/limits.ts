import type { PatienceLimits } from '../remote/patience.ts'

/** How long a Flux server may take and how much it may send. Times in milliseconds. */
export interface RemoteFluxLimits extends PatienceLimits {
  /** From the request to a connection. */
  readonly connectMs: number
  /** From the request to the end of the answer, waiting in the server's own queue included. */
  readonly totalMs: number
  /** Bytes of one answer. */
  readonly answerBytes: number
}

/** FLUX.1-dev takes a quarter of an hour for a picture on eight processors; a PNG of 4 megapixels in base64 is 16 MB. */
export const REMOTE_FLUX_LIMITS: RemoteFluxLimits = {
  connectMs: 5_000,
  totalMs: 30 * 60_000,
  answerBytes: 96 * 1024 ** 2,
  tries: 3,
  retryMs: { first: 500, longest: 8_000 },
  breaker: { failures: 4, restMs: 5_000 }
}
