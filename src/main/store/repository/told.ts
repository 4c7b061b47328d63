import type { Job } from '../../../domain/job.ts'
import type { Update } from '../collection.ts'

/** Part of every change that a list would show: counts the revision and gives the store's time. */
export const TOLD = { $inc: { revision: 1 }, $currentDate: { updatedAt: true } } as const satisfies Update<Job>

/** Part of every change that ends a job: whoever passes endings on finds it by this, see `JobRepository.untold`. */
export const ENDS = {
  $inc: { revision: 1, endings: 1 },
  $currentDate: { updatedAt: true }
} as const satisfies Update<Job>
