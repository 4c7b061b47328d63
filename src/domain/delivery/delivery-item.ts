import { z } from 'zod'
import type { Job, Picture } from '../job.ts'
import type { Judgement } from '../judgement.ts'

/** One picture of a job. `attempt: null` is what the job delivered, its final or else its best. */
export const deliveryItemSchema = z.strictObject({
  jobId: z.string().min(1).max(100),
  attempt: z.int().positive().nullable().default(null)
})
export type DeliveryItem = z.infer<typeof deliveryItemSchema>

/** A picture that is there. */
export interface DeliveredPicture {
  readonly job: Job
  readonly kind: 'final' | 'best' | 'attempt'
  /** The attempt it was made of. */
  readonly attempt: number
  readonly picture: Picture
  readonly judgement: Judgement | null
}

/** The picture that is meant, or null where the job has none. */
export function deliveredPicture(job: Job, attempt: number | null): DeliveredPicture | null {
  if (attempt === null) {
    if (job.final) return { job, kind: 'final', ...job.final }
    return job.best && { job, kind: 'best', ...job.best }
  }
  const found = job.attempts.find(({ number }) => number === attempt)
  return found?.picture ? { job, kind: 'attempt', attempt, picture: found.picture, judgement: found.judgement } : null
}

/** What a picture is called in a list or a file name: final, best, attempt-2. */
export function pictureLabel({ kind, attempt }: Pick<DeliveredPicture, 'kind' | 'attempt'>): string {
  return kind === 'attempt' ? `attempt-${attempt}` : kind
}
