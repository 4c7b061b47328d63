import type { PatienceLimits } from '../remote/patience.ts'

/** How long a server may take and how much it may send. Times in milliseconds. */
export interface RemoteVlmLimits extends PatienceLimits {
  /** From the request to a connection. */
  readonly connectMs: number
  /** From the request to the first token: the server may queue it, and has to read the pictures first. */
  readonly firstTokenMs: number
  /** From one token to the next. */
  readonly stallMs: number
  /** From the request to the end of the answer. */
  readonly totalMs: number
  /** Requests under way at once, each on a connection of its own that is kept. */
  readonly connections: number
}

/**
 * A model of 2 billion parameters without a graphics card reads a picture in about a minute and then writes some tokens
 * a second, so limits below that would call a slow server a dead one. vLLM batches what comes at once; eight questions
 * keep it busy without holding up other studios.
 */
export const REMOTE_VLM_LIMITS: RemoteVlmLimits = {
  connectMs: 5_000,
  firstTokenMs: 180_000,
  stallMs: 45_000,
  totalMs: 600_000,
  connections: 8,
  tries: 3,
  retryMs: { first: 400, longest: 8_000 },
  breaker: { failures: 6, restMs: 5_000 }
}
