import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Collection, GridFSBucket, ObjectId } from 'mongodb'
import { z } from 'zod'
import { StudioError } from '../../../domain/errors.ts'
import { type ArtifactId, artifactIdSchema } from '../../../domain/job.ts'
import { say } from '../../../domain/sentences/say.ts'
import { faultPoint } from '../../fault-points.ts'
import type { ArtifactStore, ByteRange, StoredArtifact } from '../artifact-store.ts'
import { ArtifactCache, type ArtifactCacheLimits, CACHE_LIMITS } from './artifact-cache.ts'
import type { MongoConnection } from './mongo-connection.ts'
import { isDuplicate } from './mongo-errors.ts'

const BUCKET = 'artifacts'
/** A picture is a few of them, and one is well below the 16 MB that a document may have. */
const CHUNK_BYTES = 1 << 20
/** Uploads asked for at once whether they were ever finished. */
const PAGE = 500

const fileSchema = z.object({
  _id: z.instanceof(ObjectId),
  filename: artifactIdSchema,
  length: z.number(),
  chunkSize: z.number(),
  metadata: z.object({ putAt: z.date() })
})
type File = z.infer<typeof fileSchema>

const storedOf = ({ filename, length, metadata }: File): StoredArtifact => ({
  id: filename,
  bytes: length,
  putAt: metadata.putAt
})

const missing = (id: string) => new StudioError('artifact-missing', say('error-picture-gone', { picture: id }))

/**
 * Artifacts in GridFS, each file named by the hash of its bytes, which a unique index keeps to one. Whatever is read comes
 * through a folder of this machine, where it was compared with its name.
 */
export class GridFsArtifactStore implements ArtifactStore {
  readonly #connection: MongoConnection
  readonly #bucket: GridFSBucket
  readonly #files: Collection
  readonly #chunks: Collection
  readonly #cache: ArtifactCache
  readonly #downloads = new Map<ArtifactId, Promise<void>>()

  private constructor(connection: MongoConnection, cache: ArtifactCache) {
    const { db } = connection
    this.#connection = connection
    this.#bucket = new GridFSBucket(db, { bucketName: BUCKET, chunkSizeBytes: CHUNK_BYTES })
    this.#files = db.collection(`${BUCKET}.files`)
    this.#chunks = db.collection(`${BUCKET}.chunks`)
    this.#cache = cache
  }

  /** Makes the indexes and the folder. @throws StudioError `store-unavailable`, `disk-full`. */
  static async open(
    connection: MongoConnection,
    cacheFolder: string,
    limits: ArtifactCacheLimits = CACHE_LIMITS
  ): Promise<GridFsArtifactStore> {
    const store = new GridFsArtifactStore(connection, await ArtifactCache.open(cacheFolder, limits))
    await connection.run(() => store.#files.createIndex({ filename: 1 }, { unique: true }))
    await connection.run(() => store.#chunks.createIndex({ files_id: 1, n: 1 }, { unique: true }))
    return store
  }

  async putFile(path: string, signal?: AbortSignal): Promise<StoredArtifact> {
    return await this.#upload((await this.#cache.putFile(path, signal)).id, signal)
  }

  /** Not moved into the cache, as an upload that fails may be asked for again. */
  async takeFile(path: string, signal?: AbortSignal): Promise<StoredArtifact> {
    const stored = await this.putFile(path, signal)
    await rm(path, { force: true })
    return stored
  }

  async put(content: Uint8Array | AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<StoredArtifact> {
    return await this.#upload((await this.#cache.put(content, signal)).id, signal)
  }

  async open(id: ArtifactId, range?: ByteRange): Promise<Readable> {
    await this.localPath(id)
    return await this.#cache.open(id, range)
  }

  async localPath(id: ArtifactId): Promise<string> {
    const file = await this.#file(id)
    if (!file) {
      // Erased by another worker: the copy here goes too.
      if (artifactIdSchema.safeParse(id).success) await this.#cache.delete(id)
      throw missing(id)
    }
    const known = await this.#cache.find(id)
    if (known !== null) return known
    await this.#download(file)
    const path = await this.#cache.find(id)
    if (path === null) throw new StudioError('store-unavailable', `The copy of the picture ${id} does not last.`)
    return path
  }

  async useLocal<T>(id: ArtifactId, use: (path: string) => Promise<T>): Promise<T> {
    return await use(await this.localPath(id))
  }

  async stat(id: ArtifactId): Promise<StoredArtifact | null> {
    const file = await this.#file(id)
    return file && storedOf(file)
  }

  async delete(id: ArtifactId): Promise<void> {
    const file = await this.#file(id)
    if (file) await this.#connection.run(() => this.#remove(file._id))
    if (artifactIdSchema.safeParse(id).success) await this.#cache.delete(id)
  }

  async *list(): AsyncIterable<StoredArtifact> {
    for (let after = ''; ; ) {
      const query = this.#files.find({ filename: { $gt: after } }, { sort: { filename: 1 }, limit: PAGE })
      const rows = await this.#connection.run(() => query.toArray())
      for (const row of rows) {
        const file = fileSchema.parse(row)
        after = file.filename
        yield storedOf(file)
      }
      if (rows.length < PAGE) return
    }
  }

  async removeLeftovers(before: Date): Promise<number> {
    for await (const { id } of this.#cache.list()) if (!(await this.#file(id))) await this.#cache.delete(id)
    let removed = await this.#cache.removeLeftovers(before)
    const uploads = await this.#connection.run(() => this.#chunks.distinct('files_id'))
    const old = uploads.filter((id) => id instanceof ObjectId && id.getTimestamp() < before)
    for (let from = 0; from < old.length; from += PAGE) {
      const page = old.slice(from, from + PAGE)
      const finished = await this.#connection.run(() =>
        this.#files.find({ _id: { $in: page } }, { projection: { _id: 1 } }).toArray()
      )
      const known = new Set(finished.map(({ _id }) => String(_id)))
      for (const id of page.filter((each) => !known.has(String(each)))) {
        await this.#connection.run(() => this.#chunks.deleteMany({ files_id: id }))
        removed += 1
      }
    }
    return removed
  }

  async #file(id: ArtifactId): Promise<File | null> {
    if (!artifactIdSchema.safeParse(id).success) return null
    const row = await this.#connection.run(() => this.#files.findOne({ filename: id }))
    return row && fileSchema.parse(row)
  }

  /** Counts as put now, unless it is not there with every byte. */
  async #touch(id: ArtifactId): Promise<StoredArtifact | null> {
    const row = await this.#connection.run(() =>
      this.#files.findOneAndUpdate(
        { filename: id },
        { $currentDate: { 'metadata.putAt': true } },
        { returnDocument: 'after' }
      )
    )
    if (!row) return null
    const file = fileSchema.parse(row)
    const chunks = await this.#connection.run(() => this.#chunks.countDocuments({ files_id: file._id }))
    if (chunks === Math.ceil(file.length / file.chunkSize)) return storedOf(file)
    await this.#connection.run(() => this.#remove(file._id))
    return null
  }

  async #upload(id: ArtifactId, signal?: AbortSignal): Promise<StoredArtifact> {
    const known = await this.#touch(id)
    if (known) return known
    const path = await this.#cache.find(id)
    if (path === null) throw new StudioError('store-unavailable', `The copy of the picture ${id} does not last.`)
    const upload = this.#bucket.openUploadStream(id, { metadata: { putAt: new Date() } })
    try {
      await faultPoint('artifact-temp-written')
      await pipeline(createReadStream(path, { highWaterMark: CHUNK_BYTES }), upload, signal ? { signal } : {})
      await faultPoint('artifact-renamed')
    } catch (thrown) {
      if (signal?.aborted) {
        await this.#connection.run(() => this.#remove(upload.id))
        throw new StudioError('cancelled', 'Storing the picture was cancelled.', { cause: thrown })
      }
      // Of anything else it is not known how far it came: what is left over goes with the next sweep.
      if (!isDuplicate(thrown)) throw this.#connection.error(thrown)
      await this.#connection.run(() => this.#chunks.deleteMany({ files_id: upload.id }))
    }
    const stored = await this.#touch(id)
    if (!stored) throw new StudioError('store-unavailable', `The picture ${id} was removed while it was stored.`)
    return stored
  }

  async #download(file: File): Promise<void> {
    const running = this.#downloads.get(file.filename)
    if (running) return await running
    const download = this.#cache
      .fill(file.filename, this.#bytesOf(file))
      .finally(() => this.#downloads.delete(file.filename))
    this.#downloads.set(file.filename, download)
    await download
  }

  async *#bytesOf({ _id }: File): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#bucket.openDownloadStream(_id)) yield z.instanceof(Uint8Array).parse(chunk)
    } catch (thrown) {
      throw this.#connection.error(thrown)
    }
  }

  /** In this order a reader never finds a file without its bytes. */
  async #remove(upload: ObjectId): Promise<void> {
    await this.#files.deleteOne({ _id: upload })
    await this.#chunks.deleteMany({ files_id: upload })
  }
}
