import { monotonicFactory } from 'ulid'
import type { z } from 'zod'
import { type ErrorCode, StudioError } from '../../../domain/errors.ts'
import { type StudioPhoto, type Subject, studioPhotoSchema, subjectSchema } from '../../../domain/subject.ts'
import type { Collection, Filter, RawDocument, Update } from '../collection.ts'
import type { Database } from '../database.ts'
import type { Library } from './library.ts'

const ulid = monotonicFactory()
/** Photos whose artifacts are listed at once. */
const PAGE = 500

/** What subjects and photos have in common. */
type Revised = Pick<Subject, '_id' | 'revision' | 'updatedAt' | 'deletedAt'>

const TOLD = { $inc: { revision: 1 }, $currentDate: { updatedAt: true } } as const

function reader<D extends Revised>(schema: z.ZodType<D>, what: string) {
  return (row: RawDocument): D => {
    const parsed = schema.safeParse(row)
    if (parsed.success) return parsed.data
    throw new StudioError('store-damaged', `The ${what} ${String(row._id)} cannot be read.`, { cause: parsed.error })
  }
}

const readSubject = reader(subjectSchema, 'subject')
const readPhoto = reader(studioPhotoSchema, 'photo')

const missing = (code: ErrorCode, what: string, id: string) => new StudioError(code, `There is no ${what} ${id}.`)

/** The people and photos of a database, with their indexes made. */
export async function createLibrary(database: Database): Promise<Library> {
  const subjects = database.collection<Subject>('subjects')
  const photos = database.collection<StudioPhoto>('photos')
  await photos.createIndex({ subjectId: 1, deletedAt: 1, importedAt: -1, _id: -1 })
  await photos.createIndex({ deletedAt: 1, importedAt: -1, _id: -1 })
  await photos.createIndex({ artifact: 1 })

  async function changedSubject(id: string, update: Update<Subject>): Promise<Subject> {
    const row = await changed(subjects, id, update)
    if (!row) throw missing('subject-missing', 'subject', id)
    return readSubject(row)
  }

  async function changedPhoto(id: string, update: Update<StudioPhoto>): Promise<StudioPhoto> {
    const row = await changed(photos, id, update)
    if (!row) throw missing('photo-missing', 'photo', id)
    return readPhoto(row)
  }

  return {
    async createSubject(name) {
      const now = await database.now()
      const subject: Subject = {
        _id: ulid(now.getTime()),
        revision: 0,
        name,
        createdAt: now,
        updatedAt: now,
        deletedAt: null
      }
      await subjects.insertOne(subjectSchema.parse(subject))
      return subject
    },
    async subject(id) {
      const row = await subjects.findOne({ _id: id })
      return row ? readSubject(row) : null
    },
    async subjects({ bin }) {
      const rows = await subjects.find({ deletedAt: bin ? { $ne: null } : null }).toArray()
      return rows.map(readSubject).sort((a, b) => a.name.localeCompare(b.name) || (a._id < b._id ? -1 : 1))
    },
    rename: (id, name) => changedSubject(id, { ...TOLD, $set: { name } }),
    removeSubject: (id) => changedSubject(id, { ...TOLD, $currentDate: { updatedAt: true, deletedAt: true } }),
    restoreSubject: (id) => changedSubject(id, { ...TOLD, $set: { deletedAt: null } }),
    async eraseSubject(id) {
      const { deletedCount } = await subjects.deleteOne({ _id: id })
      if (deletedCount === 0) throw missing('subject-missing', 'subject', id)
    },
    async addPhoto(asked) {
      const now = await database.now()
      const photo: StudioPhoto = {
        ...asked,
        _id: ulid(now.getTime()),
        revision: 0,
        importedAt: now,
        updatedAt: now,
        deletedAt: null
      }
      await photos.insertOne(studioPhotoSchema.parse(photo))
      return photo
    },
    async photo(id) {
      const row = await photos.findOne({ _id: id })
      return row ? readPhoto(row) : null
    },
    async photos({ subjectIds, bin }) {
      const filter: Filter<StudioPhoto> = {
        deletedAt: bin ? { $ne: null } : null,
        ...(subjectIds === null ? {} : { subjectId: { $in: subjectIds } })
      }
      return (await photos.find(filter, { sort: { importedAt: -1, _id: -1 } }).toArray()).map(readPhoto)
    },
    photosOfArtifact: async (artifact) =>
      (await photos.find({ artifact }, { sort: { _id: 1 } }).toArray()).map(readPhoto),
    countPhotos: (subjectId) => photos.countDocuments({ subjectId, deletedAt: null }),
    chooseFace: (id, face) => changedPhoto(id, { ...TOLD, $set: { face } }),
    movePhoto: (id, subjectId) => changedPhoto(id, { ...TOLD, $set: { subjectId } }),
    removePhoto: (id) => changedPhoto(id, { ...TOLD, $currentDate: { updatedAt: true, deletedAt: true } }),
    restorePhoto: (id) => changedPhoto(id, { ...TOLD, $set: { deletedAt: null } }),
    async erasePhoto(id) {
      const row = await photos.findOne({ _id: id })
      if (!row) throw missing('photo-missing', 'photo', id)
      await photos.deleteOne({ _id: id })
      return readPhoto(row).artifact
    },
    countReferences: (artifact) => photos.countDocuments({ artifact }),
    async *artifactsInUse() {
      for (let after = ''; ; ) {
        const rows = await photos.find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit: PAGE }).toArray()
        for (const row of rows) {
          const { _id, artifact } = readPhoto(row)
          after = _id
          yield { id: _id, artifacts: [artifact] }
        }
        if (rows.length < PAGE) return
      }
    }
  }
}

function changed<D extends Revised>(collection: Collection<D>, id: string, update: Update<D>) {
  // `_id` is a field of every document, which the type of a filter over a type parameter cannot show.
  const filter: Filter<Revised> = { _id: id }
  return collection.findOneAndUpdate(filter as Filter<D>, update, { returnDocument: 'after' })
}
