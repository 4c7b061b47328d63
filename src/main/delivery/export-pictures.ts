import { join } from 'node:path'
import type { DeliveryContext } from '../../domain/delivery/delivery-progress.ts'
import { digitalSourceTypeOf, digitalSourceTypeUri } from '../../domain/delivery/digital-source-type.ts'
import type { ExportOptions } from '../../domain/delivery/export-options.ts'
import type { ExportPictureRequest } from '../../domain/delivery/export-picture.ts'
import type { ExportPreset } from '../../domain/delivery/export-preset.ts'
import type { ExportRequest, ExportResult } from '../../domain/delivery/export-request.ts'
import { type ErrorCode, StudioError, serializeError, toStudioError } from '../../domain/errors.ts'
import { STUDIO_VERSION } from '../../domain/studio-version.ts'
import { type DeliveryParts, type FoundPicture, findPicture } from './find-picture.ts'
import { withStagingFolder } from './output-folder.ts'
import { exportedPath, seedOf } from './picture-names.ts'
import { exists, freePath, placeFile, TakenNames } from './place-file.ts'

export interface NamesRequest extends Pick<ExportRequest, 'items' | 'presets'> {
  /** Where names that are taken are looked for; null looks at the export's own only. */
  readonly folder: string | null
}

/** What each file would be called, by item, then by preset; null where there is no such picture. Nothing is written. */
export async function previewNames(
  { items, presets, folder }: NamesRequest,
  parts: Pick<DeliveryParts, 'jobs' | 'nameOf'>
): Promise<(string | null)[]> {
  const digits = String(items.length).length
  const taken = new TakenNames()
  const names: (string | null)[] = []
  for (const [at, item] of items.entries()) {
    const found = await findPicture(parts, item).catch(() => null)
    for (const preset of presets) {
      if (!found) {
        names.push(null)
        continue
      }
      const wanted = exportedPath(found, preset, at + 1, digits)
      const isFree = async (path: string) =>
        preset.collision !== 'number' || folder === null || !(await exists(join(folder, path)))
      names.push(await freePath(wanted, taken, isFree))
    }
  }
  return names
}

/** Nothing that follows could go better. */
const FATAL: ReadonlySet<ErrorCode> = new Set(['cancelled', 'disk-full', 'output-unwritable', 'engine-unavailable'])

/**
 * Writes each picture once for each preset. A file appears whole or not at all; a picture that fails stops no other.
 *
 * @throws StudioError `cancelled`, `disk-full`, `output-unwritable`: with what was written till then in its details
 */
export async function exportPictures(
  request: ExportRequest,
  parts: DeliveryParts,
  context: DeliveryContext
): Promise<ExportResult> {
  const { items, presets, folder } = request
  const result: ExportResult = { folder, written: [], skipped: [], failed: [] }
  const total = items.length * presets.length
  const taken = new TakenNames()
  const digits = String(items.length).length
  await withStagingFolder(folder, async (staging) => {
    for (const [at, item] of items.entries()) {
      for (const [nth, preset] of presets.entries()) {
        const done = at * presets.length + nth
        const outcome = { ...item, presetId: preset._id }
        try {
          const delivered = await findPicture(parts, item)
          const wanted = join(folder, exportedPath(delivered, preset, at + 1, digits))
          const progress = { activity: `${delivered.subject}, ${preset.name}`, total }
          context.onProgress({ ...progress, done })
          if (preset.collision === 'skip' && !taken.has(wanted) && (await exists(wanted))) {
            result.skipped.push({ ...outcome, path: wanted })
            continue
          }
          const staged = join(staging, `${done}`)
          const made = await parts.exporter.export(await orderOf(delivered, optionsOf(preset), staged, parts), {
            signal: context.signal,
            onProgress: (step) => context.onProgress({ ...progress, done: done + step.done / step.total })
          })
          const path = await placeFile(staged, wanted, preset.collision, taken)
          const { bytes, size, bitsPerChannel, notes } = made
          if (path === null) result.skipped.push({ ...outcome, path: wanted })
          else result.written.push({ ...outcome, path, bytes, size, bitsPerChannel, notes })
        } catch (thrown) {
          const error = toStudioError(thrown)
          if (FATAL.has(error.code)) throw stopped(error, result, total)
          result.failed.push({ ...outcome, error: serializeError(error) })
        }
      }
    }
  })
  context.onProgress({ activity: 'Done', done: total, total })
  return result
}

function stopped(error: StudioError, { written }: ExportResult, total: number): StudioError {
  const message = `${error.message} ${written.length} of ${total} files were written before.`
  return new StudioError(error.code, message, {
    ...(error.code === 'disk-full' ? { hint: 'Free some space on the drive, then export again.' } : {}),
    ...(error.code === 'cancelled' ? { hint: 'What was written is complete. Export again to go on.' } : {}),
    details: { written: written.map(({ path }) => path) },
    cause: error
  })
}

function optionsOf({ _id, name, nameTemplate, collision, ...options }: ExportPreset): ExportOptions {
  return options
}

/** The order to write one picture as these options say. */
export async function orderOf(
  delivered: FoundPicture,
  options: ExportOptions,
  outputPath: string,
  { artifacts }: Pick<DeliveryParts, 'artifacts'>
): Promise<ExportPictureRequest> {
  const { job, attempt, picture } = delivered
  const [reference] = job.references
  const generator = job.engines?.generator
  const made = job.attempts.find(({ number }) => number === attempt)
  const { notes, ...parameters } = job.parameters
  return {
    path: await artifacts.localPath(picture.artifact),
    // A photo that was removed since costs its camera data, not the export.
    referencePath: reference ? await artifacts.localPath(reference.artifact).catch(() => null) : null,
    outputPath,
    options,
    title: delivered.subject,
    digitalSourceType: digitalSourceTypeUri(
      digitalSourceTypeOf(generator?.kind ?? 'generative', job.parameters.background)
    ),
    software: `APEX Portrait Studio ${STUDIO_VERSION}`,
    recipe: {
      job: job._id,
      attempt,
      seed: seedOf(delivered),
      engine: generator?.engine ?? '',
      engineVersion: generator?.version ?? '',
      prompt: made?.brief.prompt ?? '',
      parameters: notes === '' ? parameters : { ...parameters, notes }
    }
  }
}
