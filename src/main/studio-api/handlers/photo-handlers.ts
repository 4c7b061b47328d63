import { basename, join } from 'node:path'
import { StudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'
import type { StudioPhoto } from '../../../domain/subject.ts'
import type { ApiParts } from '../api-parts.ts'
import { eachOf } from '../bulk.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'
import { importPhotos } from '../intake/import-photos.ts'
import { SAMPLE } from '../sample.ts'

/** Of the thumbnail that the window shows of a backdrop. */
const BACKDROP_EDGE = 160

export function photoHandlers(parts: ApiParts): HandlersOf<CallsIn<'photos' | 'backdrops'>> {
  const { studio, tell, media } = parts
  const { library } = studio

  function told(photos: readonly StudioPhoto[]): void {
    const shown = photos.filter(({ deletedAt }) => deletedAt === null)
    const removedPhotos = photos.filter(({ deletedAt }) => deletedAt !== null).map(({ _id }) => _id)
    tell('photos.changed', { photos: shown, removedPhotos, subjects: [], removedSubjects: [] })
  }

  const telling = async (work: Promise<StudioPhoto>): Promise<StudioPhoto> => {
    const photo = await work
    told([photo])
    return photo
  }

  async function found(id: string): Promise<StudioPhoto> {
    const photo = await library.photo(id)
    if (!photo) throw new StudioError('photo-missing', `There is no photo ${id}.`)
    return photo
  }

  async function newSubject(photo: StudioPhoto) {
    const subject = await library.createSubject(basename(photo.name).replace(/\.[^.]+$/, '') || photo.name)
    tell('photos.changed', { photos: [], removedPhotos: [], subjects: [subject], removedSubjects: [] })
    return subject
  }

  return {
    'photos.import': ({ sources, subjectId }, context) => importPhotos(parts, sources, { subjectId, context }),
    'photos.importSample': (_params, context) =>
      importPhotos(parts, [{ kind: 'path', path: join(studio.resources, SAMPLE) }], { subjectId: null, context }),
    'photos.list': async ({ subjectIds, bin }) => ({ photos: await library.photos({ subjectIds, bin }) }),
    'photos.get': ({ id }) => found(id),
    async 'photos.chooseFace'({ id, face, asNewSubject }) {
      const photo = await found(id)
      if (face >= photo.inspection.faces.length) {
        const count = photo.inspection.faces.length
        throw new StudioError(
          'face-choice-invalid',
          say('error-face-of', { number: face + 1, file: photo.name, count })
        )
      }
      if (!asNewSubject) return await telling(library.chooseFace(id, face))
      const { artifact, name, bytes, inspection } = photo
      const { _id: subjectId } = await newSubject(photo)
      return await telling(library.addPhoto({ subjectId, artifact, name, bytes, inspection, face }))
    },
    async 'photos.move'({ ids, subjectId }, { signal }) {
      if (subjectId !== null && !(await library.subject(subjectId))) {
        throw new StudioError('subject-missing', `There is no subject ${subjectId}.`)
      }
      const move = async (id: string) =>
        await telling(library.movePhoto(id, subjectId ?? (await newSubject(await found(id)))._id))
      return await eachOf(ids, move, signal)
    },
    'photos.remove': ({ ids }, { signal }) => eachOf(ids, (id) => telling(library.removePhoto(id)), signal),
    'photos.restore': ({ ids }, { signal }) => eachOf(ids, (id) => telling(library.restorePhoto(id)), signal),
    async 'backdrops.import'({ source }, { signal }) {
      const stored =
        source.kind === 'path'
          ? await studio.artifacts.putFile(source.path, signal)
          : await studio.artifacts.put(source.bytes)
      // What cannot be shown small cannot stand behind anybody either: better told now than by a failed job.
      await media.thumbnail(stored.id, BACKDROP_EDGE)
      signal.throwIfAborted()
      return {
        artifact: stored.id,
        name: basename(source.kind === 'path' ? source.path : source.name),
        bytes: stored.bytes
      }
    }
  }
}
