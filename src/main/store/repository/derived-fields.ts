import type { Job } from '../../../domain/job.ts'
import { artifactsOf } from '../../../domain/job-artifacts.ts'
import { failedCriteriaOf, listingOf } from '../../../domain/job-listing.ts'

/** What a stored job holds twice, so that it can be found by it; written with whatever it follows from. */
export function derivedFields(
  job: Pick<Job, 'references' | 'backdrop' | 'parameters' | 'attempts' | 'final' | 'best'>
) {
  return { artifacts: artifactsOf(job), failedCriteria: failedCriteriaOf(job), listing: listingOf(job) }
}
