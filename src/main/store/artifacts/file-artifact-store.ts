import { open, opendir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { StudioError } from '../../../domain/errors.ts'
import { type ArtifactId, artifactIdSchema } from '../../../domain/job.ts'
import { say } from '../../../domain/sentences/say.ts'
import { faultPoint } from '../../fault-points.ts'
import { makeFolder, syncFolder } from '../../files/durable-files.ts'
import type { ArtifactStore, ByteRange, StoredArtifact } from '../artifact-store.ts'
import { isImmovable, isMissing, readError, writeError } from './artifact-errors.ts'
import { fileDigest } from './file-digest.ts'
import { type IncomingFile, receiveFile } from './incoming-file.ts'
import { readyToMove } from './own-file.ts'
import { sourceChunks } from './source-file.ts'
import { type FileState, VerifiedFiles } from './verified-files.ts'

const INCOMING = 'incoming'
/** Folders of at most a few hundred files each for any number of pictures a studio has: 256 of them. */
const SHARD = 2

/** @throws StudioError `artifact-missing` for what is no name of an artifact, a path out of the folder above all. */
export function artifactPath(folder: string, id: string): string {
  const name = artifactIdSchema.safeParse(id)
  if (!name.success) throw new StudioError('artifact-missing', 'There is no picture of that name in the store.')
  return join(folder, name.data.slice(0, SHARD), name.data)
}

/** Artifacts as files named by their hash, in folders named by its first two digits. */
export class FileArtifactStore implements ArtifactStore {
  readonly #folder: string
  readonly #verified = new VerifiedFiles()

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** Makes the folder if it is not there. @throws StudioError `store-unavailable`, `disk-full`. */
  static async open(folder: string): Promise<FileArtifactStore> {
    try {
      await makeFolder(join(folder, INCOMING))
    } catch (thrown) {
      throw writeError(thrown)
    }
    return new FileArtifactStore(folder)
  }

  async putFile(path: string, signal?: AbortSignal): Promise<StoredArtifact> {
    return this.#put(sourceChunks(path), signal)
  }

  async takeFile(path: string, signal?: AbortSignal): Promise<StoredArtifact> {
    try {
      const own = await readyToMove(path, signal)
      if (own) return await this.#adopt(own)
    } catch (thrown) {
      if (!isImmovable(thrown)) throw writeError(thrown)
    }
    return this.putFile(path, signal)
  }

  async put(content: Uint8Array | AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<StoredArtifact> {
    return this.#put(content instanceof Uint8Array ? [content] : content, signal)
  }

  async open(id: ArtifactId, range?: ByteRange): Promise<Readable> {
    try {
      const handle = await open(this.#pathOf(id), 'r')
      const { size } = await handle.stat()
      if (range && !(range.start >= 0 && range.start <= range.end && range.end < size)) {
        await handle.close()
        throw new StudioError('option-invalid', `The picture has no bytes ${range.start} to ${range.end}.`)
      }
      return handle.createReadStream(range)
    } catch (thrown) {
      throw readError(id, thrown)
    }
  }

  async localPath(id: ArtifactId): Promise<string> {
    try {
      const path = this.#pathOf(id)
      await this.#verify(id, path, await stat(path))
      return path
    } catch (thrown) {
      throw readError(id, thrown)
    }
  }

  async useLocal<T>(id: ArtifactId, use: (path: string) => Promise<T>): Promise<T> {
    const path = this.#pathOf(id)
    const state = await stat(path).catch((thrown: unknown) => {
      throw readError(id, thrown)
    })
    const [used, verified] = await Promise.allSettled([use(path), this.#verify(id, path, state)])
    if (verified.status === 'rejected') throw readError(id, verified.reason)
    if (used.status === 'rejected') throw used.reason
    return used.value
  }

  async #verify(id: ArtifactId, path: string, state: FileState): Promise<void> {
    if (this.#verified.has(id, state)) return
    if ((await fileDigest(path)) !== id) {
      throw new StudioError('artifact-damaged', say('error-picture-checksum', { picture: id }))
    }
    this.#verified.add(id, state)
  }

  async stat(id: ArtifactId): Promise<StoredArtifact | null> {
    try {
      const { size, mtime } = await stat(this.#pathOf(id))
      return { id, bytes: size, putAt: mtime }
    } catch (thrown) {
      if (isMissing(thrown)) return null
      throw readError(id, thrown)
    }
  }

  async delete(id: ArtifactId): Promise<void> {
    try {
      const path = this.#pathOf(id)
      await rm(path)
      await syncFolder(dirname(path))
    } catch (thrown) {
      if (isMissing(thrown)) return
      throw writeError(thrown)
    }
  }

  async *list(): AsyncIterable<StoredArtifact> {
    for await (const shard of await opendir(this.#folder)) {
      if (!shard.isDirectory() || shard.name === INCOMING) continue
      for await (const { name } of await opendir(join(this.#folder, shard.name))) {
        const id = artifactIdSchema.safeParse(name)
        const stored = id.success ? await this.stat(id.data) : null
        if (stored) yield stored
      }
    }
  }

  async removeLeftovers(before: Date): Promise<number> {
    const folder = join(this.#folder, INCOMING)
    let removed = 0
    for await (const { name } of await opendir(folder)) {
      const path = join(folder, name)
      // Gone when its put has ended meanwhile.
      const facts = await stat(path).catch(() => null)
      if (facts === null || facts.mtime >= before) continue
      await rm(path, { force: true })
      removed += 1
    }
    return removed
  }

  #pathOf(id: ArtifactId): string {
    return artifactPath(this.#folder, id)
  }

  async #put(chunks: Parameters<typeof receiveFile>[1], signal?: AbortSignal): Promise<StoredArtifact> {
    try {
      const incoming = await receiveFile(join(this.#folder, INCOMING), chunks, signal)
      return await this.#adopt(incoming)
    } catch (thrown) {
      throw writeError(thrown)
    }
  }

  /** Gives the file its name, unless it is there already with every byte. */
  async #adopt({ path, digest, bytes, state }: IncomingFile): Promise<StoredArtifact> {
    const target = this.#pathOf(digest)
    const now = new Date()
    if (await this.#touch(digest, target, now)) {
      await rm(path)
    } else {
      await this.#name(path, target)
      this.#verified.add(digest, state)
      await faultPoint('artifact-renamed')
    }
    // In the other case too: whoever named it may not have come to this yet.
    await syncFolder(dirname(target))
    return { id: digest, bytes, putAt: now }
  }

  async #name(path: string, target: string): Promise<void> {
    try {
      await rename(path, target)
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown
      await makeFolder(dirname(target))
      await rename(path, target)
    }
  }

  /**
   * Marks the file as put now, which keeps a sweep from taking it; false when it is not there, or has been damaged since:
   * then putting it again mends it.
   */
  async #touch(digest: ArtifactId, target: string, now: Date): Promise<boolean> {
    try {
      const isWhole = this.#verified.has(digest, await stat(target)) || (await fileDigest(target)) === digest
      if (!isWhole) return false
      await utimes(target, now, now)
      return true
    } catch (thrown) {
      if (isMissing(thrown)) return false
      throw thrown
    }
  }
}
