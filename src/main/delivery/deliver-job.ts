import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Examiner } from '../../domain/engine.ts'
import type { Size } from '../../domain/geometry.ts'
import type { ArtifactId, Job } from '../../domain/job.ts'
import type { ArtifactStore } from '../store/artifact-store.ts'
import { type DeliveredFiles, writeDelivery } from './delivery-folder.ts'
import type { ShownPicture } from './report-pictures.tsx'

/** Long edge of the pictures in a report, px: sharp on a laptop's screen, small enough to mail. */
const REPORT_EDGE = 720

export interface DeliverJobRequest {
  readonly job: Job
  readonly parent: string
  readonly studio: { readonly artifacts: ArtifactStore; readonly examiner: Examiner }
  readonly signal?: AbortSignal
}

/** Writes a job's folder with a report page that carries its own small pictures. */
export async function deliverJob({ job, parent, studio, signal }: DeliverJobRequest): Promise<DeliveredFiles> {
  const scratch = await mkdtemp(join(tmpdir(), 'apex-report-'))
  try {
    const shown = new Map<ArtifactId, ShownPicture>()
    for (const [artifact, size] of picturesOf(job)) {
      const picture = await previewOf(artifact, size)
      if (picture) shown.set(artifact, picture)
    }
    return await writeDelivery({ job, parent, artifacts: studio.artifacts, pictureOf: (id) => shown.get(id) })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }

  /** A photo that cannot be read must not cost the report that says so. */
  async function previewOf(artifact: ArtifactId, size: Size): Promise<ShownPicture | null> {
    const path = join(scratch, `${artifact}.jpg`)
    try {
      const source = await studio.artifacts.localPath(artifact)
      const context = { signal: signal ?? new AbortController().signal, onProgress: () => undefined }
      await studio.examiner.preview({ path: source, longEdge: REPORT_EDGE, outputPath: path }, context)
      return { src: `data:image/jpeg;base64,${(await readFile(path)).toString('base64')}`, size }
    } catch {
      return null
    }
  }
}

function picturesOf(job: Job): Map<ArtifactId, Size> {
  const pictures = new Map<ArtifactId, Size>()
  for (const { artifact, inspection } of job.references) if (inspection) pictures.set(artifact, inspection)
  for (const { picture } of job.attempts) if (picture) pictures.set(picture.artifact, picture.size)
  for (const made of [job.final, job.best]) if (made) pictures.set(made.picture.artifact, made.picture.size)
  return pictures
}
