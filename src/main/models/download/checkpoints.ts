import { type DownloadRecord, writeRecord } from './download-record.ts'
import type { PartialFile } from './partial-file.ts'

/** Often enough that a crash costs little, seldom enough that the drive is not kept busy by it. */
const EVERY_MS = 250

/**
 * Keeps the record of a download in step with its files. The order makes a lie impossible: which bytes are written is
 * noted first, then they are made durable, and only then does the record claim those that were noted.
 */
export class Checkpoints {
  readonly #folder: string
  readonly #about: Omit<DownloadRecord, 'schemaVersion' | 'files'>
  readonly #files: readonly PartialFile[]
  #running: Promise<void> | null = null
  #next: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #lastAt = Number.NEGATIVE_INFINITY

  constructor(folder: string, about: Omit<DownloadRecord, 'schemaVersion' | 'files'>, files: readonly PartialFile[]) {
    this.#folder = folder
    this.#about = about
    this.#files = files
  }

  /** Begins one before long; nobody waits for it. A failure shows in the next that is waited for. */
  soon(): void {
    if (this.#timer || this.#running || this.#next) return
    const wait = Math.max(0, this.#lastAt + EVERY_MS - performance.now())
    this.#timer = setTimeout(() => void this.now().catch(() => undefined), wait)
  }

  /** Everything written before this call is durable and claimed once it returns. */
  async now(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#next ??= this.#afterThis()
    await this.#next
  }

  async #afterThis(): Promise<void> {
    await this.settled()
    // Whoever asks from here on has perhaps written what this one does not see.
    this.#next = null
    await this.#begin()
  }

  /** Once no checkpoint is under way. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running.catch(() => undefined)
  }

  #begin(): Promise<void> {
    const running = this.#write().finally(() => {
      this.#running = null
      this.#lastAt = performance.now()
    })
    this.#running = running
    return running
  }

  async #write(): Promise<void> {
    const files: DownloadRecord['files'] = []
    for (const each of this.#files) {
      // Noted before the bytes are synced: all of them are complete by then, and this cannot become true meanwhile.
      const { verified } = each
      const held = await each.sync()
      files.push({ ...each.file, held: held.map(([start, end]) => [start, end]), verified })
    }
    await writeRecord(this.#folder, { schemaVersion: 1, ...this.#about, files })
  }
}
