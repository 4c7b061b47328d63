import { copyFile, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserWindow, nativeImage } from 'electron'
import { type DeliveryItem, deliveredPicture, pictureLabel } from '../../domain/delivery/delivery-item.ts'
import { extensionOf, safeFileName } from '../../domain/delivery/file-name.ts'
import { StudioError } from '../../domain/errors.ts'
import type { Picture } from '../../domain/job.ts'
import { jobMissing } from '../../domain/job-missing.ts'
import { photoName } from '../delivery/picture-names.ts'
import type { Studio } from '../studio.ts'
import type { StudioApi } from '../studio-api/create-studio-api.ts'

const ICON_EDGE = 160

/** Finished pictures on their way to another program: copies under a name that says whose they are. */
export class DragOut {
  readonly #studio: Pick<Studio, 'jobs' | 'artifacts'>
  readonly #fileOf: StudioApi['fileOf']
  readonly #folder: string

  constructor(studio: Pick<Studio, 'jobs' | 'artifacts'>, fileOf: StudioApi['fileOf'], folder: string) {
    this.#studio = studio
    this.#fileOf = fileOf
    this.#folder = folder
  }

  async prepare(items: readonly DeliveryItem[], signal: AbortSignal): Promise<{ path: string; picture: Picture }[]> {
    const files: { path: string; picture: Picture }[] = []
    for (const item of items) {
      signal.throwIfAborted()
      files.push(await this.#copyOf(item))
    }
    return files
  }

  /** Hands the files to the system's own drag; the page's is over by then. Resolves to how many there are. */
  async start(window: BrowserWindow, items: readonly DeliveryItem[], signal: AbortSignal): Promise<number> {
    const files = await this.prepare(items, signal)
    const [first] = files
    if (!first) return 0
    const { path: icon } = await this.#fileOf({ kind: 'thumbnail', id: first.picture.artifact, edge: ICON_EDGE })
    // `file` is what old versions look at, `files` what is taken.
    window.webContents.startDrag({
      file: first.path,
      files: files.map(({ path }) => path),
      icon: nativeImage.createFromPath(icon)
    })
    return files.length
  }

  /** What was dragged is the other program's by now. */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #copyOf({ jobId, attempt }: DeliveryItem): Promise<{ path: string; picture: Picture }> {
    const job = await this.#studio.jobs.get(jobId)
    if (!job) throw jobMissing(jobId)
    const delivered = deliveredPicture(job, attempt)
    if (!delivered) throw new StudioError('artifact-missing', 'There is no such picture yet.')
    const { picture } = delivered
    const name = safeFileName(`${photoName(job)}-${job.parameters.purpose}-${pictureLabel(delivered)}`)
    const folder = join(this.#folder, picture.artifact.slice(0, 16))
    const path = join(folder, `${name}.${extensionOf(picture.mediaType)}`)
    const source = await this.#studio.artifacts.localPath(picture.artifact)
    const whole = (await stat(path).catch(() => null))?.size === (await stat(source)).size
    if (!whole) {
      await mkdir(folder, { recursive: true })
      await copyFile(source, path)
    }
    return { path, picture }
  }
}
