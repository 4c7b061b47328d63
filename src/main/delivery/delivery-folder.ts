import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { extensionOf, stemOf } from '../../domain/delivery/file-name.ts'
import type { ArtifactId, Job, Picture } from '../../domain/job.ts'
import type { ArtifactStore } from '../store/artifact-store.ts'
import { placeFolder, withStagingFolder } from './output-folder.ts'
import { type PictureOf, renderReportPage } from './report-page.tsx'

export interface DeliveryRequest {
  readonly job: Job
  readonly artifacts: Pick<ArtifactStore, 'localPath'>
  /** Parent of the folder that is made. */
  readonly parent: string
  /** Pictures of the report page, as data URIs. */
  readonly pictureOf: PictureOf
}

export interface DeliveredFiles {
  readonly folder: string
  /** The final, or the best attempt of a failed job; null when there is no picture at all. */
  readonly portrait: string | null
  readonly reportPage: string
  readonly reportData: string
}

/**
 * Writes a job's pictures and report into a new folder named after its photo. The folder appears whole or not at all.
 * @throws StudioError `output-unwritable`, `disk-full`, `artifact-missing`.
 */
export async function writeDelivery(request: DeliveryRequest): Promise<DeliveredFiles> {
  const { job, parent } = request
  return await withStagingFolder(parent, async (staging) => {
    const partial = join(staging, 'delivery')
    await mkdir(partial)
    const names = await writePictures(request, partial)
    await writeFile(join(partial, 'report.html'), renderReportPage(job, request.pictureOf))
    await writeFile(join(partial, 'report.json'), `${JSON.stringify({ job, files: names }, null, 2)}\n`)
    const folder = await placeFolder(partial, join(parent, stemOf(job.references[0]?.name ?? job._id)))
    const portrait = names.final ?? names.best ?? null
    return {
      folder,
      portrait: portrait === null ? null : join(folder, portrait),
      reportPage: join(folder, 'report.html'),
      reportData: join(folder, 'report.json')
    }
  })
}

interface PictureNames {
  final?: string
  best?: string
  attempts: string[]
}

async function writePictures({ job, artifacts }: DeliveryRequest, folder: string): Promise<PictureNames> {
  const copy = async (stem: string, picture: Picture): Promise<string> => {
    const name = `${stem}.${extensionOf(picture.mediaType)}`
    await copyArtifact(artifacts, picture.artifact, join(folder, name))
    return name
  }
  const names: PictureNames = { attempts: [] }
  for (const attempt of job.attempts) {
    if (attempt.picture) names.attempts.push(await copy(`attempt-${attempt.number}`, attempt.picture))
  }
  if (job.final) names.final = await copy('final', job.final.picture)
  if (job.best) names.best = await copy('best', job.best.picture)
  return names
}

async function copyArtifact(artifacts: DeliveryRequest['artifacts'], id: ArtifactId, to: string): Promise<void> {
  await copyFile(await artifacts.localPath(id), to)
}
