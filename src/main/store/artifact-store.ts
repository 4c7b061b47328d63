import type { Readable } from 'node:stream'
import type { ArtifactId } from '../../domain/job.ts'

export interface StoredArtifact {
  readonly id: ArtifactId
  readonly bytes: number
}

/** Inclusive byte positions, as in an HTTP Range. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Pictures by the SHA-256 of their bytes. Storing the same bytes twice stores them once. */
export interface ArtifactStore {
  /** Copies a file in; durable when resolved. @throws StudioError `disk-full`, `file-missing`, `store-unavailable`. */
  putFile(path: string, signal?: AbortSignal): Promise<StoredArtifact>
  put(bytes: Uint8Array): Promise<StoredArtifact>
  /** @throws StudioError `artifact-missing`. */
  open(id: ArtifactId, range?: ByteRange): Promise<Readable>
  /** A file on this machine with exactly these bytes; never to be written to. @throws `artifact-missing`, `artifact-damaged`. */
  localPath(id: ArtifactId): Promise<string>
  stat(id: ArtifactId): Promise<StoredArtifact | null>
  delete(id: ArtifactId): Promise<void>
  /** Every artifact there is, in no order. */
  list(): AsyncIterable<StoredArtifact>
}
