import { type DeliveredPicture, type DeliveryItem, deliveredPicture } from '../../domain/delivery/delivery-item.ts'
import type { Exporter } from '../../domain/engine.ts'
import { StudioError } from '../../domain/errors.ts'
import type { ArtifactStore } from '../store/artifact-store.ts'
import type { JobRepository } from '../store/job-repository.ts'
import { photoName } from './picture-names.ts'

export interface DeliveryParts {
  readonly jobs: Pick<JobRepository, 'get' | 'rate'>
  /** The name a person was given; null where nobody gave one. */
  readonly nameOf: (subjectId: string) => Promise<string | null>
  readonly artifacts: Pick<ArtifactStore, 'localPath'>
  readonly exporter: Exporter
  /** The folder with what the build made, among it the page of proofing bundles. */
  readonly resources: string
}

/** A picture and whom it shows: the name they were given, or else that of the photo. */
export interface FoundPicture extends DeliveredPicture {
  readonly subject: string
}

/** @throws StudioError `job-missing`; `job-state` when the job has no such picture. */
export async function findPicture(
  parts: Pick<DeliveryParts, 'jobs' | 'nameOf'>,
  item: DeliveryItem
): Promise<FoundPicture> {
  const job = await parts.jobs.get(item.jobId)
  if (!job) throw new StudioError('job-missing', `There is no job "${item.jobId}".`)
  const found = deliveredPicture(job, item.attempt)
  if (found) return { ...found, subject: (await parts.nameOf(job.subjectId)) ?? photoName(job) }
  const which = item.attempt === null ? 'has delivered no picture' : `has no picture of attempt ${item.attempt}`
  throw new StudioError('job-state', `Job ${job._id} ${which}.`, {
    hint: 'Wait until the job has ended, or choose another.'
  })
}
