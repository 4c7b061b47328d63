import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import type { Brief } from '../../../domain/brief.ts'
import type { Judgement } from '../../../domain/judgement.ts'
import type { PictureChoice } from '../../state/view.ts'
import { type StagePicture, stagePicture, stageReference } from '../picture/stage-picture.ts'

/** One picture of a job with what is known of it. */
export interface JobPicture {
  readonly choice: PictureChoice
  readonly picture: StagePicture | null
  readonly judgement: Judgement | null
  readonly brief: Brief | null
  /** The brief of the attempt before, which this one was tuned from. */
  readonly before: Brief | null
  /** This attempt is what was, or will be, delivered; of a job that failed, the best there is. */
  readonly delivered: boolean
}

/** Key of what a picture is called: a job that failed delivers nothing, it has a best attempt. */
export function nameKey(job: Pick<JobDetail, 'final'>, choice: 'delivered' | 'reference') {
  return choice === 'delivered' && job.final === null ? 'best' : choice
}

/** Reference, attempts in order, and what was delivered. */
export function picturesOf(job: JobDetail): JobPicture[] {
  const delivered = job.final ?? job.best
  const wanted = job.wantedAttempt ?? delivered?.attempt
  const nothing = { judgement: null, brief: null, before: null, delivered: false }
  const [reference] = job.references
  const attempts = job.attempts.map(
    (attempt, index): JobPicture => ({
      choice: attempt.number,
      picture: attempt.picture && stagePicture(attempt.picture),
      judgement: attempt.judgement,
      brief: attempt.brief,
      before: job.attempts[index - 1]?.brief ?? null,
      delivered: attempt.number === wanted
    })
  )
  return [
    { choice: 'reference', picture: stageReference(reference), ...nothing },
    ...attempts,
    ...(delivered
      ? [
          {
            ...nothing,
            choice: 'delivered' as const,
            picture: stagePicture(delivered.picture),
            judgement: delivered.judgement,
            delivered: true
          }
        ]
      : [])
  ]
}

/** The picture that was chosen, or else the best there is. */
export function chosenPicture(pictures: readonly JobPicture[], choice: PictureChoice): JobPicture | undefined {
  return pictures.find((each) => each.choice === choice) ?? pictures.findLast((each) => each.picture !== null)
}
