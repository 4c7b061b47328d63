import type { Stats } from 'node:fs'
import type { ArtifactId } from '../../../domain/job.ts'

/** What changes when somebody writes to a file or puts another in its place. */
export type FileState = Pick<Stats, 'size' | 'mtimeMs' | 'ino'>

/** Far more pictures than jobs at work refer to. */
const MOST = 4_096

/** The files whose bytes this process has seen to match their names, each as it was then. */
export class VerifiedFiles {
  readonly #states = new Map<ArtifactId, FileState>()

  /** `state` is of a moment before the bytes were compared, or in which nobody else could write to them. */
  add(id: ArtifactId, { size, mtimeMs, ino }: FileState): void {
    this.#states.delete(id)
    this.#states.set(id, { size, mtimeMs, ino })
    if (this.#states.size <= MOST) return
    const [oldest] = this.#states.keys()
    if (oldest !== undefined) this.#states.delete(oldest)
  }

  /** True where the file is still as it was when it was verified. */
  has(id: ArtifactId, { size, mtimeMs, ino }: FileState): boolean {
    const known = this.#states.get(id)
    return known !== undefined && known.size === size && known.mtimeMs === mtimeMs && known.ino === ino
  }
}
