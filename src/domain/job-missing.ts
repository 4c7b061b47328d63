import { StudioError } from './errors.ts'
import { say } from './sentences/say.ts'

/** The error of a job that is asked for by an id which none has. */
export function jobMissing(id: string): StudioError {
  return new StudioError('job-missing', say('error-no-job', { job: id }))
}
