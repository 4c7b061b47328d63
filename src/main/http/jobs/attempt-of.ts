import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { Attempt } from '../../../domain/job.ts'

/** @throws StudioError `address-unknown` */
export function attemptOf(job: JobDetail, number: number): Attempt {
  const attempt = job.attempts.find((each) => each.number === number)
  if (attempt) return attempt
  throw new StudioError('address-unknown', `The job ${job._id} has no attempt ${number}.`)
}
