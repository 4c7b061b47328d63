import type { StepPolicy } from './step-runner.ts'

export interface JobManagerSettings {
  /** Jobs worked on at once. */
  readonly concurrency: number
  /** Jobs held at once, those included that wait for an engine. */
  readonly maxHeld: number
  /** Milliseconds without a beat after which another worker takes a job over. */
  readonly leaseMs: number
  /** How often the queue is looked at for jobs of other processes, milliseconds. */
  readonly pollMs: number
  /** Claims after which a job counts as one that kills its worker. */
  readonly maxClaims: number
  /** Milliseconds that a quit waits for jobs to be put back. */
  readonly quitMs: number
  readonly steps: StepPolicy
}

export const JOB_MANAGER_SETTINGS: JobManagerSettings = {
  concurrency: 1,
  maxHeld: 16,
  leaseMs: 15_000,
  pollMs: 1_000,
  maxClaims: 5,
  quitMs: 5_000,
  steps: { maxTries: 3, retryMs: { first: 1_000, longest: 30_000 } }
}
