import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeliveryContext } from '../../domain/delivery/delivery-progress.ts'
import type { Exporter } from '../../domain/engine.ts'
import { type ErrorCode, toStudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { ArtifactId } from '../../domain/job.ts'
import type { ArtifactStore } from '../store/artifact-store.ts'

/** A small sRGB JPEG of a stored picture. */
export interface SmallPicture {
  readonly path: string
  readonly size: Size
}

export interface SmallPictureParts {
  readonly artifacts: Pick<ArtifactStore, 'localPath'>
  readonly exporter: Pick<Exporter, 'preview'>
}

/** Not the fault of one picture: the next would meet it too. */
const FATAL: ReadonlySet<ErrorCode> = new Set(['cancelled', 'disk-full', 'output-unwritable', 'engine-unavailable'])

/** Makes small copies of stored pictures in a folder that is gone when the work is done. Each is made once. */
export class SmallPictures {
  readonly #parts: SmallPictureParts
  readonly #folder: string
  readonly #made = new Map<string, Promise<SmallPicture | null>>()

  private constructor(parts: SmallPictureParts, folder: string) {
    this.#parts = parts
    this.#folder = folder
  }

  static async use<T>(parts: SmallPictureParts, work: (pictures: SmallPictures) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'apex-delivery-'))
    try {
      return await work(new SmallPictures(parts, folder))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** Null for a picture that cannot be read: it must not cost the document that shows it. */
  make(artifact: ArtifactId, longEdge: number, context: Pick<DeliveryContext, 'signal'>): Promise<SmallPicture | null> {
    const key = `${artifact}-${longEdge}`
    const made = this.#made.get(key) ?? this.#preview(artifact, longEdge, context.signal)
    this.#made.set(key, made)
    return made
  }

  async #preview(artifact: ArtifactId, longEdge: number, signal: AbortSignal): Promise<SmallPicture | null> {
    const outputPath = join(this.#folder, `${artifact}-${longEdge}.jpg`)
    try {
      const path = await this.#parts.artifacts.localPath(artifact)
      const size = await this.#parts.exporter.preview(
        { path, longEdge, outputPath },
        { signal, onProgress: () => undefined }
      )
      return { path: outputPath, size }
    } catch (thrown) {
      const error = toStudioError(thrown)
      if (FATAL.has(error.code)) throw error
      return null
    }
  }
}
