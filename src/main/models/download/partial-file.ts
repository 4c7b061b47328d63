import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type ByteRange, ByteRanges } from '../../../domain/models/byte-ranges.ts'
import type { ModelFile } from '../../../domain/models/model-file.ts'
import { makeFolder, syncFolder } from '../../files/durable-files.ts'

/** A file that arrives in pieces, in any order. */
export class PartialFile {
  readonly file: ModelFile
  readonly path: string
  /** Written, though perhaps not durably yet. */
  readonly #written: ByteRanges
  /** Being asked for now. */
  readonly #claimed = new ByteRanges()
  /** The server gives parts of it. */
  ranged = true
  verified: boolean
  /** Came wrong once already. */
  wasDamaged = false
  /** Raised each time its bytes are forgotten. */
  generation = 0
  /** Opened by whoever writes first; a promise, as several do at once. */
  #handle: Promise<FileHandle> | null = null

  private constructor(file: ModelFile, path: string, held: readonly ByteRange[], verified: boolean) {
    this.file = file
    this.path = path
    this.#written = new ByteRanges(held)
    this.verified = verified
  }

  /** @param held what was durable before; forgotten where the file is shorter than that. */
  static async open(
    file: ModelFile,
    path: string,
    held: readonly ByteRange[],
    verified: boolean
  ): Promise<PartialFile> {
    await makeFolder(dirname(path))
    const end = held.at(-1)?.[1] ?? 0
    const size = await stat(path).then(
      (facts) => facts.size,
      () => -1
    )
    const isThere = size >= end && size <= file.bytes && size >= 0
    const partial = isThere ? new PartialFile(file, path, held, verified) : new PartialFile(file, path, [], false)
    // 'a' makes the file where it is not there and leaves one that is.
    await (await open(path, isThere ? 'a' : 'w')).close()
    await syncFolder(dirname(path))
    return partial
  }

  get held(): number {
    return this.#written.bytes
  }

  get heldRanges(): readonly ByteRange[] {
    return this.#written.list
  }

  get isComplete(): boolean {
    return this.#written.bytes === this.file.bytes
  }

  get isClaimed(): boolean {
    return this.#claimed.bytes > 0
  }

  /** A piece that nobody asks for yet, of so many bytes at most; null while there is none. */
  claim(most: number): ByteRange | null {
    if (!this.ranged) return this.#claimWhole()
    const open = new ByteRanges([...this.#written.list, ...this.#claimed.list])
    const [gap] = open.gaps(this.file.bytes)
    if (!gap) return null
    const range: ByteRange = [gap[0], Math.min(gap[1], gap[0] + most)]
    this.#claimed.add(range)
    return range
  }

  #claimWhole(): ByteRange | null {
    if (this.isComplete || this.isClaimed) return null
    this.forget()
    const range: ByteRange = [0, this.file.bytes]
    this.#claimed.add(range)
    return range
  }

  release(range: ByteRange): void {
    this.#claimed.remove(range)
  }

  async write(bytes: Uint8Array, at: number): Promise<void> {
    this.#handle ??= open(this.path, 'r+')
    const handle = await this.#handle
    let written = 0
    while (written < bytes.length) {
      const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, at + written)
      written += bytesWritten
    }
    this.#written.add([at, at + bytes.length])
  }

  /** Makes what is written durable, and tells which bytes surely are. */
  async sync(): Promise<ByteRange[]> {
    const before = [...this.#written.list]
    await (await this.#handle)?.datasync()
    return before
  }

  /** None of its bytes count any more. */
  forget(): void {
    this.generation += 1
    this.#written.remove([0, this.file.bytes])
    this.verified = false
  }

  async close(): Promise<void> {
    const handle = this.#handle
    this.#handle = null
    await (await handle)?.close()
  }
}
