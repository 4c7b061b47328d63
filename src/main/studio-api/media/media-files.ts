import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media, ThumbnailEdge } from '../../../contract/studio/media.ts'
import type { Examiner } from '../../../domain/engine.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { ArtifactId } from '../../../domain/job.ts'
import type { ArtifactStore } from '../../store/artifact-store.ts'

export interface MediaFile {
  readonly path: string
  readonly mediaType: string
}

/** What a browser shows, and nothing that could be more than a picture. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif'])

/** Letters of an artifact's id that the key of a swatch begins with, so that an erase finds it. */
const OWNER_LETTERS = 16

export interface MediaFilesOptions {
  readonly artifacts: ArtifactStore
  readonly preview: Examiner['preview']
  /** A folder on this machine; what is in it can be made again at any time. */
  readonly cacheFolder: string
}

/** The files behind picture addresses: artifacts, and thumbnails and swatches derived from them, kept in a cache. */
export class MediaFiles {
  readonly #options: MediaFilesOptions
  /** What is being made, so that two who ask at once wait for one. */
  readonly #making = new Map<string, Promise<void>>()

  constructor(options: MediaFilesOptions) {
    this.#options = options
  }

  /** @throws StudioError `artifact-missing`, `file-unsupported`, or what the engine says of a photo. */
  async fileOf(media: Media): Promise<MediaFile> {
    switch (media.kind) {
      case 'artifact': {
        const path = await this.#options.artifacts.localPath(media.id)
        // Loaded when the first picture is shown, which the start of the studio does not wait for.
        const { fileTypeFromFile } = await import('file-type')
        const mediaType = (await fileTypeFromFile(path))?.mime ?? ''
        if (SHOWN.has(mediaType)) return { path, mediaType }
        throw new StudioError('file-unsupported', 'A browser does not show this kind of picture.', {
          hint: 'Ask for its thumbnail.'
        })
      }
      case 'thumbnail':
        return { path: await this.thumbnail(media.id, media.edge), mediaType: 'image/jpeg' }
      case 'swatch': {
        const path = this.#pathOf('swatches', media.key)
        if (await exists(path)) return { path, mediaType: 'image/jpeg' }
        throw new StudioError('artifact-missing', 'The swatch is no longer there.')
      }
    }
  }

  async thumbnail(id: ArtifactId, edge: ThumbnailEdge): Promise<string> {
    return await this.#cached(this.#pathOf('thumbnails', `${id}-${edge}`), async (outputPath) => {
      const context = { signal: new AbortController().signal, onProgress: () => undefined }
      await this.#options.artifacts.useLocal(id, (path) =>
        this.#options.preview({ path, longEdge: edge, outputPath }, context)
      )
    })
  }

  /** The key of a swatch that is made only if there is none of the same `recipe` yet. */
  async swatch(
    owner: ArtifactId | null,
    recipe: unknown,
    make: (outputPath: string) => Promise<void>
  ): Promise<string> {
    const digest = createHash('sha256').update(JSON.stringify(recipe)).digest('hex')
    const key = `${(owner ?? ''.padEnd(OWNER_LETTERS, '0')).slice(0, OWNER_LETTERS)}${digest}`.slice(
      0,
      2 * OWNER_LETTERS
    )
    await this.#cached(this.#pathOf('swatches', key), make)
    return key
  }

  /** Forgets everything that was derived from these, for an erase that is real. */
  async forget(artifacts: readonly ArtifactId[]): Promise<void> {
    for (const id of artifacts) {
      await removeStarting(join(this.#options.cacheFolder, 'thumbnails', id.slice(0, 2)), id)
      await removeStarting(join(this.#options.cacheFolder, 'swatches', id.slice(0, 2)), id.slice(0, OWNER_LETTERS))
    }
  }

  async usage(): Promise<number> {
    return (await this.#files()).reduce((sum, { size }) => sum + size, 0)
  }

  /** Takes away what was made longest ago until the cache is no larger than this. */
  async trim(mostBytes: number): Promise<void> {
    const files = (await this.#files()).sort((a, b) => b.madeAt - a.madeAt)
    let kept = 0
    for (const { path, size } of files) {
      kept += size
      if (kept > mostBytes) await rm(path, { force: true })
    }
  }

  /** Resolves to the bytes that were freed. */
  async clear(): Promise<number> {
    const bytes = await this.usage()
    await rm(this.#options.cacheFolder, { recursive: true, force: true })
    return bytes
  }

  async #files(): Promise<{ path: string; size: number; madeAt: number }[]> {
    const entries = await readdir(this.#options.cacheFolder, { recursive: true, withFileTypes: true }).catch(() => [])
    const files = entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name)
        const facts = await stat(path).catch(() => null)
        return facts ? [{ path, size: facts.size, madeAt: facts.mtimeMs }] : []
      })
    return (await Promise.all(files)).flat()
  }

  #pathOf(kind: 'thumbnails' | 'swatches', name: string): string {
    return join(this.#options.cacheFolder, kind, name.slice(0, 2), `${name}.jpg`)
  }

  async #cached(path: string, make: (outputPath: string) => Promise<void>): Promise<string> {
    if (await exists(path)) return path
    const making = this.#making.get(path) ?? this.#make(path, make).finally(() => this.#making.delete(path))
    this.#making.set(path, making)
    await making
    return path
  }

  async #make(path: string, make: (outputPath: string) => Promise<void>): Promise<void> {
    const partial = `${path}.${randomUUID()}.partial.jpg`
    await mkdir(join(path, '..'), { recursive: true })
    try {
      await make(partial)
      await rename(partial, path)
    } catch (thrown) {
      await rm(partial, { force: true })
      throw thrown
    }
  }
}

async function removeStarting(folder: string, beginning: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) if (name.startsWith(beginning)) await rm(join(folder, name), { force: true })
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    (facts) => facts.size > 0,
    () => false
  )
}
