import { stat, utimes } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import type { ArtifactId } from '../../../domain/job.ts'
import { say } from '../../../domain/sentences/say.ts'
import type { ByteRange, StoredArtifact } from '../artifact-store.ts'
import { artifactPath, FileArtifactStore } from '../artifacts/file-artifact-store.ts'

export interface ArtifactCacheLimits {
  /** Bytes above which the longest unused pictures go. */
  readonly most: number
  /** Milliseconds that a picture stays at least once it was used: longer than an engine works on one. */
  readonly keptMs: number
}

/** Room for some thousand photos and portraits, and two hours. */
export const CACHE_LIMITS: ArtifactCacheLimits = { most: 10 * 1024 ** 3, keptMs: 2 * 60 * 60 * 1000 }

/** After trimming so much of the room is free, so that not every picture that comes trims again. */
const FREED = 0.2

/** Copies of artifacts on this machine's disk; several processes may share the folder. */
export class ArtifactCache {
  readonly #folder: string
  readonly #files: FileArtifactStore
  readonly #limits: ArtifactCacheLimits
  /** Of what came since the folder was last looked through; null before the first time. */
  #sinceTrimmed: number | null = null

  private constructor(folder: string, files: FileArtifactStore, limits: ArtifactCacheLimits) {
    this.#folder = folder
    this.#files = files
    this.#limits = limits
  }

  static async open(folder: string, limits: ArtifactCacheLimits): Promise<ArtifactCache> {
    return new ArtifactCache(folder, await FileArtifactStore.open(folder), limits)
  }

  /** Where the copy lies, which counts as used now; null where there is none that is whole. */
  async find(id: ArtifactId): Promise<string | null> {
    try {
      const path = await this.#files.localPath(id)
      const { atime, mtime } = await stat(path)
      const age = Date.now() - Math.max(atime.getTime(), mtime.getTime())
      // Its time of change stays: by it the bytes are known to be verified.
      if (age > this.#limits.keptMs / 4) await utimes(path, new Date(), mtime)
      return path
    } catch (thrown) {
      const { code } = toStudioError(thrown)
      if (code === 'artifact-damaged') await this.#files.delete(id)
      else if (code !== 'artifact-missing' && code !== 'file-missing') throw thrown
      return null
    }
  }

  /** @throws StudioError as `ArtifactStore.putFile`. */
  async putFile(path: string, signal?: AbortSignal): Promise<StoredArtifact> {
    return await this.#counted(await this.#files.putFile(path, signal))
  }

  /** @throws StudioError as `ArtifactStore.put`. */
  async put(content: Uint8Array | AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<StoredArtifact> {
    return await this.#counted(await this.#files.put(content, signal))
  }

  /** Keeps what is read as the artifact. @throws StudioError `artifact-damaged` when it is another. */
  async fill(id: ArtifactId, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const stored = await this.#files.put(chunks)
    if (stored.id !== id) {
      await this.#files.delete(stored.id)
      throw new StudioError('artifact-damaged', say('error-picture-checksum', { picture: id }))
    }
    await this.#counted(stored)
  }

  async open(id: ArtifactId, range?: ByteRange): Promise<Readable> {
    return await this.#files.open(id, range)
  }

  async delete(id: ArtifactId): Promise<void> {
    await this.#files.delete(id)
  }

  list(): AsyncIterable<StoredArtifact> {
    return this.#files.list()
  }

  async removeLeftovers(before: Date): Promise<number> {
    return await this.#files.removeLeftovers(before)
  }

  async #counted(stored: StoredArtifact): Promise<StoredArtifact> {
    this.#sinceTrimmed = this.#sinceTrimmed === null ? null : this.#sinceTrimmed + stored.bytes
    if (this.#sinceTrimmed === null || this.#sinceTrimmed > this.#limits.most * FREED) {
      this.#sinceTrimmed = 0
      await this.#trim()
    }
    return stored
  }

  async #trim(): Promise<void> {
    const { most, keptMs } = this.#limits
    const all: { id: ArtifactId; bytes: number; usedAt: number }[] = []
    for await (const { id, bytes } of this.#files.list()) {
      // Another process may have removed it meanwhile.
      const state = await stat(artifactPath(this.#folder, id)).catch(() => null)
      if (state) all.push({ id, bytes, usedAt: Math.max(state.atimeMs, state.mtimeMs) })
    }
    let total = all.reduce((sum, { bytes }) => sum + bytes, 0)
    if (total <= most) return
    for (const { id, bytes, usedAt } of all.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= most * (1 - FREED) || usedAt > Date.now() - keptMs) return
      await this.#files.delete(id)
      total -= bytes
    }
  }
}
