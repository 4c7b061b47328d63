import { createStream, type RotatingFileStream } from 'rotating-file-stream'

/** A day of a busy worker has some 2 MB; five files beside the current one are weeks. */
const FILE_SIZE = '10M'
const OLD_FILES = 5
/** A drive that was full or away is tried again after this, milliseconds. */
const RETRY_MS = 60_000
/** Bytes that may wait for a slow drive; what comes then is left out, so that memory stays flat. */
const MOST_WAITING = 4 * 1024 ** 2
/** A log may name photos and folders: for its owner only. */
const MODE = 0o600

export interface LogFileOptions {
  readonly folder: string
  readonly name: string
  /** Told once each time the file stops being written. */
  readonly onTrouble: (cause: Error) => void
  readonly size?: `${number}${'B' | 'K' | 'M'}`
}

/** A file of lines that is moved aside when it has grown (`jobs.log`, `jobs.log.1` … `jobs.log.5`). It never fails its writer. */
export class LogFile {
  readonly #options: LogFileOptions
  #stream: RotatingFileStream | null = null
  #retryAt = 0

  constructor(options: LogFileOptions) {
    this.#options = options
  }

  write(line: string): void {
    const stream = this.#stream ?? this.#open()
    if (stream && stream.writableLength < MOST_WAITING) stream.write(line)
  }

  /** Resolves when every line is in the file. */
  close(): Promise<void> {
    const stream = this.#stream
    this.#stream = null
    this.#retryAt = Number.POSITIVE_INFINITY
    if (!stream) return Promise.resolve()
    return new Promise((resolve) => {
      stream.once('close', resolve)
      stream.end()
    })
  }

  #open(): RotatingFileStream | null {
    if (Date.now() < this.#retryAt) return null
    const { folder: path, name, size = FILE_SIZE, onTrouble } = this.#options
    const stream = createStream((index) => (index ? `${name}.${Number(index)}` : name), {
      path,
      size,
      rotate: OLD_FILES,
      mode: MODE
    })
    stream.on('error', (cause) => {
      if (this.#stream !== stream) return
      this.#stream = null
      this.#retryAt = Date.now() + RETRY_MS
      onTrouble(cause)
    })
    this.#stream = stream
    return stream
  }
}
