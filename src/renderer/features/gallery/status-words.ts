import type { Outcome } from '../../../domain/criterion.ts'
import type { JobSummary } from '../../../domain/job.ts'

/** The mark of a job in lists. */
export function outcomeOf({ status }: Pick<JobSummary, 'status'>): Outcome | null {
  switch (status) {
    case 'completed':
      return 'passed'
    case 'failed':
      return 'failed'
    case 'cancelled':
      return 'advisory'
    case 'pending':
    case 'processing':
      return null
  }
}
