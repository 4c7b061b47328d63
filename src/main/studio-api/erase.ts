import type { ArtifactId } from '../../domain/job.ts'
import { jobMissing } from '../../domain/job-missing.ts'
import { removeOrphans } from '../store/artifacts/sweep.ts'
import type { ApiParts } from './api-parts.ts'

/** Forgets a job that lies in the bin, and every picture that nothing else refers to; resolves to those. */
export async function eraseJob(
  { studio, media }: Pick<ApiParts, 'studio' | 'media'>,
  id: string
): Promise<ArtifactId[]> {
  const job = await studio.jobs.get(id)
  if (!job) throw jobMissing(id)
  const artifacts = await studio.jobs.erase(id)
  return await erasePictures({ studio, media }, artifacts, job.deletedAt ?? new Date())
}

/** Removes those that nothing refers to any more and that were last put before; what was derived from them goes too. */
export async function erasePictures(
  { studio, media }: Pick<ApiParts, 'studio' | 'media'>,
  artifacts: readonly ArtifactId[],
  putBefore: Date
): Promise<ArtifactId[]> {
  const store = { artifacts: studio.artifacts, repository: studio.references }
  const removed = await removeOrphans(store, artifacts, putBefore)
  await media.forget(removed)
  return removed
}
