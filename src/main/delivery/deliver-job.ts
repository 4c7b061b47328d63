import { readFile } from 'node:fs/promises'
import type { DeliveryContext } from '../../domain/delivery/delivery-progress.ts'
import type { Size } from '../../domain/geometry.ts'
import type { ArtifactId, Job } from '../../domain/job.ts'
import { type DeliveredFiles, writeDelivery } from './delivery-folder.ts'
import type { DeliveryParts } from './find-picture.ts'
import { renderReportPage } from './report-page.tsx'
import type { ShownPicture } from './report-pictures.tsx'
import { SmallPictures } from './shown-pictures.ts'

/** Long edge of the pictures in a report, px: sharp on a laptop's screen, small enough to mail. */
const REPORT_EDGE = 720

/** Writes a job's folder with a report page that carries its own small pictures. */
export async function deliverJob(
  job: Job,
  parent: string,
  parts: DeliveryParts,
  context: DeliveryContext
): Promise<DeliveredFiles> {
  const shown = await picturesForPage(job, parts, context)
  return await writeDelivery({ job, parent, artifacts: parts.artifacts, pictureOf: (id) => shown.get(id) })
}

/** The report as one page that needs nothing beside it. */
export async function reportPageOf(job: Job, parts: DeliveryParts, context: DeliveryContext): Promise<string> {
  const shown = await picturesForPage(job, parts, context)
  return renderReportPage(job, (id) => shown.get(id))
}

async function picturesForPage(
  job: Job,
  parts: DeliveryParts,
  context: DeliveryContext
): Promise<Map<ArtifactId, ShownPicture>> {
  const shown = new Map<ArtifactId, ShownPicture>()
  await SmallPictures.use(parts, async (small) => {
    const wanted = [...picturesOf(job)]
    for (const [done, [artifact, size]] of wanted.entries()) {
      context.onProgress({ activity: 'Report', done, total: wanted.length })
      const picture = await small.make(artifact, REPORT_EDGE, context)
      if (!picture) continue
      const src = `data:image/jpeg;base64,${(await readFile(picture.path)).toString('base64')}`
      shown.set(artifact, { src, size: size ?? picture.size })
    }
  })
  return shown
}

/** With the pixels that regions are measured in, where there may be any. */
function picturesOf(job: Job): Map<ArtifactId, Size | null> {
  const pictures = new Map<ArtifactId, Size | null>()
  if (job.backdrop) pictures.set(job.backdrop.artifact, null)
  for (const { artifact, inspection } of job.references) if (inspection) pictures.set(artifact, inspection)
  for (const { picture } of job.attempts) if (picture) pictures.set(picture.artifact, picture.size)
  for (const made of [job.final, job.best]) if (made) pictures.set(made.picture.artifact, made.picture.size)
  return pictures
}
