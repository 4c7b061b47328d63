import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ulid } from 'ulid'
import type { DeliveryContext } from '../../../domain/delivery/delivery-progress.ts'
import { exportOptionsSchema } from '../../../domain/delivery/export-options.ts'
import { safeFileName } from '../../../domain/delivery/file-name.ts'
import type { ProofingOptions } from '../../../domain/delivery/proofing.ts'
import type { ProofingBundle, ProofingPicture } from '../../../domain/delivery/proofing-page.ts'
import { orderOf } from '../export-pictures.ts'
import type { DeliveryParts, FoundPicture } from '../find-picture.ts'
import { placeFolder, withStagingFolder } from '../output-folder.ts'
import { placeFile, TakenNames } from '../place-file.ts'
import { bundlePage, readPageParts } from './bundle-page.ts'

/** Long edge of the pictures in the overview, px: two of its columns on a phone with a fine screen. */
const THUMBNAIL_EDGE = 480

export interface BundleRequest {
  readonly pictures: readonly FoundPicture[]
  readonly options: ProofingOptions
  /** A new folder, or a page, is made in it. */
  readonly folder: string
}

export interface WrittenBundle {
  /** What is handed to the client: a folder, or the one page. */
  readonly folder: string
  readonly page: string
  readonly pictures: number
}

/**
 * Writes a bundle for a client. It appears whole or not at all.
 *
 * @throws StudioError as `exportPictures`, and of the first picture that cannot be read: a client must not choose among
 *   fewer pictures than the photographer meant
 */
export async function writeBundle(
  { pictures, options, folder }: BundleRequest,
  parts: DeliveryParts,
  context: DeliveryContext
): Promise<WrittenBundle> {
  const page = await readPageParts(parts.resources)
  return await withStagingFolder(folder, async (staging) => {
    const bundleFolder = join(staging, 'bundle')
    await mkdir(join(bundleFolder, 'pictures'), { recursive: true })
    const shown: ProofingPicture[] = []
    for (const [at, delivered] of pictures.entries()) {
      context.signal.throwIfAborted()
      context.onProgress({ activity: delivered.subject, done: at, total: pictures.length })
      shown.push(await writePicture(delivered, at + 1, bundleFolder, options, parts, context))
    }
    const { title, from, message } = options
    const bundle: ProofingBundle = { bundleId: ulid(), title, from, message, pictures: shown }
    context.onProgress({ activity: 'Done', done: pictures.length, total: pictures.length })
    const wanted = join(folder, safeFileName(title))
    if (options.packaging === 'single-file') {
      const staged = join(staging, 'page.html')
      await writeFile(staged, bundlePage(await withPicturesInside(bundle, bundleFolder), page))
      const placed = (await placeFile(staged, `${wanted}.html`, 'number', new TakenNames())) ?? `${wanted}.html`
      return { folder: placed, page: placed, pictures: shown.length }
    }
    await writeFile(join(bundleFolder, 'index.html'), bundlePage(bundle, page))
    const placed = await placeFolder(bundleFolder, wanted)
    return { folder: placed, page: join(placed, 'index.html'), pictures: shown.length }
  })
}

async function writePicture(
  delivered: FoundPicture,
  number: number,
  folder: string,
  { longEdge }: ProofingOptions,
  parts: DeliveryParts,
  { signal }: DeliveryContext
): Promise<ProofingPicture> {
  const stem = String(number).padStart(4, '0')
  const [src, thumbnail] = [`pictures/${stem}.jpg`, `pictures/${stem}-small.jpg`]
  const options = exportOptionsSchema.parse({
    quality: 85,
    size: { kind: 'long-edge', pixels: longEdge },
    sharpenFor: 'screen',
    metadata: { keep: 'copyright' }
  })
  const quiet = { signal, onProgress: () => undefined }
  const made = await parts.exporter.export(await orderOf(delivered, options, join(folder, src), parts), quiet)
  const preview = { path: join(folder, src), longEdge: THUMBNAIL_EDGE, outputPath: join(folder, thumbnail) }
  await parts.exporter.preview(preview, quiet)
  const { job, kind, attempt, subject } = delivered
  const name = kind === 'attempt' ? `${subject}, attempt ${attempt}` : subject
  return { jobId: job._id, attempt: kind === 'attempt' ? attempt : null, number, name, src, thumbnail, ...made.size }
}

async function withPicturesInside(bundle: ProofingBundle, folder: string): Promise<ProofingBundle> {
  const inside = async (file: string) =>
    `data:image/jpeg;base64,${(await readFile(join(folder, file))).toString('base64')}`
  const pictures: ProofingPicture[] = []
  for (const picture of bundle.pictures) {
    pictures.push({ ...picture, src: await inside(picture.src), thumbnail: await inside(picture.thumbnail) })
  }
  return { ...bundle, pictures }
}
