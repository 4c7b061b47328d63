import type { Readable } from 'node:stream'
import type { ArtifactId } from '../../domain/job.ts'

export interface StoredArtifact {
  readonly id: ArtifactId
  readonly bytes: number
  /** When these bytes were put last. */
  readonly putAt: Date
}

/** Inclusive byte positions, as in an HTTP Range. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * Pictures by the SHA-256 of their bytes. Storing the same bytes twice stores them once. What has been put is durable
 * when its promise resolves; a crash may leave an artifact that no job refers to, never the other way round, so put
 * first and refer then.
 */
export interface ArtifactStore {
  /** Copies a file in. @throws StudioError `file-missing`, `file-unreadable`, `disk-full`, `store-unavailable`, `cancelled`. */
  putFile(path: string, signal?: AbortSignal): Promise<StoredArtifact>
  /** Like `putFile`, for a file that its owner gives away complete: it may be moved in, and then is gone. */
  takeFile(path: string, signal?: AbortSignal): Promise<StoredArtifact>
  /**
   * Stores bytes, or what a stream brings piece by piece; nothing stays of a stream that fails.
   * @throws StudioError `disk-full`, `store-unavailable`, `cancelled`; the stream's own error.
   */
  put(content: Uint8Array | AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<StoredArtifact>
  /** @throws StudioError `artifact-missing`; `option-invalid` for a range outside the artifact. */
  open(id: ArtifactId, range?: ByteRange): Promise<Readable>
  /** A file on this machine with exactly these bytes; never to be written to. @throws `artifact-missing`, `artifact-damaged`. */
  localPath(id: ArtifactId): Promise<string>
  /**
   * What `use` makes of such a file. Whether its bytes are the right ones is found out meanwhile where it is not known yet,
   * so `use` may see others, but nobody gets what comes of them. @throws as `localPath`, or what `use` throws.
   */
  useLocal<T>(id: ArtifactId, use: (path: string) => Promise<T>): Promise<T>
  stat(id: ArtifactId): Promise<StoredArtifact | null>
  /** Nothing happens to one that is not there. */
  delete(id: ArtifactId): Promise<void>
  /** Every artifact there is, in no order. */
  list(): AsyncIterable<StoredArtifact>
  /** Removes what puts that never ended have left behind and was last written before; resolves to how many there were. */
  removeLeftovers(before: Date): Promise<number>
}
