import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { safeFileName, stemOf } from '../../../domain/delivery/file-name.ts'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'
import { isWithinRoots } from '../../studio-api/media/within-roots.ts'

/** A photo of 150 megapixels as an uncompressed TIFF of 16 bits is not larger. */
const MOST_UPLOAD_BYTES = 1024 ** 3
/** What a browser did not come back for goes after this long. */
const KEPT_MS = 24 * 60 * 60 * 1000
const MOST_SAME_NAMES = 10_000
const PLACE = /^[0-9a-f]{32}$/
const EXTENSION = /^\.[\p{L}\p{N}]{1,10}$/u

/**
 * Where files of browsers lie on the studio's machine on their way in and out: the only paths that calls of a browser
 * may name. Each place in it is a folder whose name cannot be guessed.
 */
export class Exchange {
  readonly #folder: string
  /** Places of what was sent here, which goes once it has been taken. */
  readonly #sent = new Set<string>()

  constructor(folder: string) {
    this.#folder = resolve(folder)
  }

  /** Takes away what earlier browsers did not come back for. */
  async tidy(now = Date.now()): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name)
      const madeAt = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => now
      )
      if (now - madeAt > KEPT_MS) await rm(path, { recursive: true, force: true })
    }
  }

  /** A new place: the folder itself, or the path of a file to be in it. */
  async place(name: string | null): Promise<string> {
    const folder = join(this.#folder, randomBytes(16).toString('hex'))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return name === null ? folder : join(folder, safeName(name))
  }

  /** Whether a path lies in one of the places. */
  holds(path: string): boolean {
    return this.#placeOf(path) !== null
  }

  /**
   * Stores what is sent as a file of this name, in a place of its own or in the one given; resolves to its path.
   * @throws StudioError `call-refused`, `file-empty`, `request-too-large`, `disk-full`, `cancelled` where it was cut off.
   */
  async receive(body: Readable, name: string, into: string | null): Promise<string> {
    if (into !== null && !this.holds(into)) throw new StudioError('call-refused', 'Files cannot be sent there.')
    const folder = into ?? (await this.place(null))
    this.#sent.add(this.#placeOf(folder) ?? '')
    const path = await this.#write(body, folder, safeName(name)).catch(async (thrown: unknown) => {
      if (into === null) await this.#remove(folder)
      throw thrown
    })
    return path
  }

  /** What was sent and named by a call is not needed once the call is over: the studio keeps its own copy. */
  async taken(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const place = this.#placeOf(path)
      if (place !== null && this.#sent.has(place)) await this.#remove(join(this.#folder, place))
    }
  }

  /** The files at or below a path. @throws StudioError `file-missing`, also for what lies elsewhere. */
  async filesAt(path: string): Promise<{ readonly path: string; readonly name: string }[]> {
    const missing = new StudioError('file-missing', 'There is no such file.', { hint: 'Write it again.' })
    if (!this.holds(path)) throw missing
    const facts = await stat(path).catch(() => null)
    if (!facts || !(await isWithinRoots(path, [this.#folder]))) throw missing
    if (facts.isFile()) return [{ path: resolve(path), name: basename(path) }]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: file, name: relative(path, file).split(sep).join('/') }))
    if (files.length === 0) throw missing
    return files
  }

  #placeOf(path: string): string | null {
    const inside = relative(this.#folder, resolve(path))
    const [place = ''] = inside.split(sep)
    return !isAbsolute(inside) && PLACE.test(place) && !path.includes('\0') ? place : null
  }

  async #remove(folder: string): Promise<void> {
    this.#sent.delete(basename(folder))
    await rm(folder, { recursive: true, force: true })
  }

  async #write(body: Readable, folder: string, name: string): Promise<string> {
    const path = await freePath(folder, name)
    let bytes = 0
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length
        const isTooLarge = bytes > MOST_UPLOAD_BYTES
        done(isTooLarge ? new StudioError('request-too-large', 'The file is larger than 1 GB.') : null, chunk)
      }
    })
    try {
      await pipeline(body, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      if (bytes === 0) throw new StudioError('file-empty', say('error-named-file-empty', { file: name }))
      return path
    } catch (thrown) {
      await rm(path, { force: true })
      const isCutOff = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_STREAM_PREMATURE_CLOSE'
      throw isCutOff
        ? new StudioError('cancelled', 'The upload was cut off.', { cause: thrown })
        : toStudioError(thrown)
    }
  }
}

function safeName(name: string): string {
  const extension = extname(name)
  return EXTENSION.test(extension) ? `${stemOf(name)}${extension}` : safeFileName(name)
}

/** In a folder of one's own, but photos of two folders below it may have one name. */
async function freePath(folder: string, name: string): Promise<string> {
  const taken = new Set((await readdir(folder)).map((each) => each.toLowerCase()))
  const extension = extname(name)
  for (let number = 1; number <= MOST_SAME_NAMES; number += 1) {
    const free = number === 1 ? name : `${basename(name, extension)}-${number}${extension}`
    if (!taken.has(free.toLowerCase())) return join(folder, free)
  }
  throw new StudioError('request-invalid', `There are too many files named "${name}".`)
}
