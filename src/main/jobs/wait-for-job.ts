import { setTimeout as sleep } from 'node:timers/promises'
import { StudioError } from '../../domain/errors.ts'
import { isEnded, type Job } from '../../domain/job.ts'
import type { JobRepository } from '../store/job-repository.ts'
import type { Unsubscribe } from './job-events.ts'

export interface WaitOptions {
  readonly repository: JobRepository
  readonly onChanged: (listener: (job: Job) => void) => Unsubscribe
  /** How often the store is asked, for jobs that another process works on; milliseconds. */
  readonly pollMs: number
  readonly signal?: AbortSignal | undefined
}

/** The job once it has ended, whoever works on it. @throws StudioError `job-missing`; the signal's reason. */
export async function waitForJob(id: string, { repository, onChanged, pollMs, signal }: WaitOptions): Promise<Job> {
  const over = new AbortController()
  const stop = signal ? AbortSignal.any([signal, over.signal]) : over.signal
  let unsubscribe: Unsubscribe = () => undefined
  const told = new Promise<Job>((resolve) => {
    unsubscribe = onChanged((job) => job._id === id && isEnded(job.status) && resolve(job))
  })
  try {
    for (;;) {
      signal?.throwIfAborted()
      const job = await repository.get(id)
      if (job === null) throw new StudioError('job-missing', `There is no job "${id}".`)
      if (isEnded(job.status)) return job
      const ended = await Promise.race([told, sleep(pollMs, null, { signal: stop }).catch(() => null)])
      if (ended) return ended
    }
  } finally {
    unsubscribe()
    over.abort()
  }
}
