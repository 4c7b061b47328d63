import { setTimeout as sleep } from 'node:timers/promises'
import { StudioError } from '../../domain/errors.ts'
import { isEnded, type Job } from '../../domain/job.ts'
import type { JobRepository } from '../store/job-repository.ts'
import type { Unsubscribe } from './job-events.ts'

export interface WaitOptions {
  readonly repository: Pick<JobRepository, 'get' | 'standing'>
  /** What this process does to jobs; nothing of that needs to be asked for. */
  readonly onChanged: (listener: (job: Job) => void) => Unsubscribe
  /** How soon the store is asked about a job that may be in another process's hands, milliseconds. */
  readonly pollMs: number
  readonly signal?: AbortSignal | undefined
}

/** A job that does not move is asked about ever less often, down to one question in so many `pollMs`. */
const LONGEST_WAIT = 8

/** The job once it has ended, whoever works on it. @throws StudioError `job-missing`; the signal's reason. */
export async function waitForJob(id: string, { repository, onChanged, pollMs, signal }: WaitOptions): Promise<Job> {
  const over = new AbortController()
  const stop = signal ? AbortSignal.any([signal, over.signal]) : over.signal
  let unsubscribe: Unsubscribe = () => undefined
  const told = new Promise<Job>((resolve) => {
    unsubscribe = onChanged((job) => job._id === id && isEnded(job.status) && resolve(job))
  })
  try {
    let seen: number | null = null
    for (let wait = pollMs; ; wait = Math.min(2 * wait, LONGEST_WAIT * pollMs)) {
      signal?.throwIfAborted()
      const standing = await repository.standing(id)
      const job = standing && isEnded(standing.status) ? await repository.get(id) : null
      if (standing === null) throw new StudioError('job-missing', `There is no job "${id}".`)
      if (job && isEnded(job.status)) return job
      if (standing.revision !== seen) wait = pollMs
      seen = standing.revision
      const ended = await Promise.race([told, sleep(wait, null, { signal: stop }).catch(() => null)])
      if (ended) return ended
    }
  } finally {
    unsubscribe()
    over.abort()
  }
}
