import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import type { Judgement } from '../../../domain/judgement.ts'
import { picturesOf } from '../gallery/pictures-of-job.ts'
import type { StagePicture } from '../picture/stage-picture.ts'

/** A picture that can be put beside another. */
export interface Candidate {
  readonly key: string
  readonly job: JobDetail
  /** Null for what was delivered. */
  readonly choice: number | 'delivered' | 'reference'
  readonly picture: StagePicture
  readonly judgement: Judgement | null
}

/** One job: all its pictures. Several jobs: what each of them came to. */
export function candidatesOf(jobs: readonly JobDetail[]): Candidate[] {
  const several = jobs.length > 1
  return jobs.flatMap((job) => {
    const pictures = picturesOf(job).flatMap(({ choice, picture, judgement }) =>
      picture ? [{ key: `${job._id} ${choice}`, job, choice, picture, judgement }] : []
    )
    const delivered = pictures.find(({ choice }) => choice === 'delivered')
    if (several) return [delivered ?? pictures.at(-1)].filter((each) => each !== undefined)
    return pictures
  })
}

/** What is put up first: the last two attempts, then those before them; else reference and result. */
export function firstPanes(candidates: readonly Candidate[], count: number): string[] {
  const attempts = candidates.filter(({ choice }) => typeof choice === 'number')
  const others = candidates.filter(({ choice }) => typeof choice !== 'number')
  const pool =
    attempts.length >= 2 || candidates.some((each) => each.job !== candidates[0]?.job)
      ? [...attempts.slice(-2), ...attempts.slice(0, -2).slice(-count), ...others]
      : candidates
  const [reference] = candidates.filter(({ choice }) => choice === 'reference')
  const ordered =
    attempts.length < 2 && reference ? [reference, ...pool.filter((each) => each !== reference).toReversed()] : pool
  return ordered.slice(0, count).map(({ key }) => key)
}
