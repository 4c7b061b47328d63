import { join } from 'node:path'
import { type DeliveredPicture, pictureLabel } from '../../domain/delivery/delivery-item.ts'
import { EXPORT_FORMATS } from '../../domain/delivery/export-options.ts'
import type { ExportPreset } from '../../domain/delivery/export-preset.ts'
import { planExportSize } from '../../domain/delivery/export-size.ts'
import { extensionOf, stemOf } from '../../domain/delivery/file-name.ts'
import { renderName } from '../../domain/delivery/name-template.ts'
import type { Job } from '../../domain/job.ts'
import type { FoundPicture } from './find-picture.ts'

/** The name of the photo that a job was made of, without extension. */
export function photoName(job: Job): string {
  return stemOf(job.references[0]?.name ?? job._id)
}

const two = (part: number) => String(part).padStart(2, '0')

/** Day and time on the clock of this machine. */
export function localDay(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/**
 * Where an exported picture goes, below the export's folder, before any rule about names that are taken.
 *
 * @param n of the picture in the export, from 1
 * @param digits that `{n}` has at least
 */
export function exportedPath(delivered: FoundPicture, preset: ExportPreset, n: number, digits: number): string {
  const { job, attempt, picture } = delivered
  const { size } = planExportSize(picture.size, preset.size, preset.enlarge)
  const names = renderName(
    preset.nameTemplate,
    {
      subject: delivered.subject,
      original: photoName(job),
      purpose: job.parameters.purpose,
      background: job.parameters.background,
      lighting: job.parameters.lighting,
      date: localDay(job.createdAt),
      time: `${two(job.createdAt.getHours())}${two(job.createdAt.getMinutes())}`,
      n,
      kind: pictureLabel(delivered),
      attempt: String(attempt),
      preset: preset.name,
      width: String(size.width),
      height: String(size.height),
      seed: String(seedOf(delivered)),
      engine: job.engines?.generator.engine ?? '',
      job: job._id
    },
    digits
  )
  return `${join(...names)}.${extensionOf(EXPORT_FORMATS[preset.format].mediaType)}`
}

export function seedOf({ job, attempt }: Pick<DeliveredPicture, 'job' | 'attempt'>): number {
  return job.attempts.find(({ number }) => number === attempt)?.seed ?? job.seed
}
