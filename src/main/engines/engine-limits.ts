/** How long an engine process may take, milliseconds. */
export interface EngineLimits {
  /** From fork to ready: its modules and native libraries are read from disk. */
  readonly startMs: number
  /** From the call to its first progress; after that each step announces its own time. */
  readonly firstSignMs: number
  /** From a cancel to its answer; then it is killed. */
  readonly cancelGraceMs: number
  /** From a stop to its end; then it is killed. */
  readonly stopGraceMs: number
  /** Without a call; then it is stopped, which gives its memory back. */
  readonly idleMs: number
}

/**
 * Generous, because a false alarm costs a photographer's work and a late one only patience: a cold start from a
 * network drive took 20 s, and the longest single step without progress on a small laptop is a few seconds.
 */
export const ENGINE_LIMITS: EngineLimits = {
  startMs: 90_000,
  firstSignMs: 120_000,
  cancelGraceMs: 5_000,
  stopGraceMs: 3_000,
  idleMs: 300_000
}
