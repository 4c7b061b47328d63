import { setTimeout as sleep } from 'node:timers/promises'
import { StudioError } from '../../../domain/errors.ts'
import type { ArtifactId } from '../../../domain/job.ts'
import type { Subject } from '../../../domain/subject.ts'
import type { ApiParts } from '../api-parts.ts'
import { eachOf } from '../bulk.ts'
import { erasePictures } from '../erase.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'
import { jobIdsOf, photosOf } from '../subject-contents.ts'

/** The store tells times apart by the millisecond; what is removed after such a pause is later than what was before. */
const PAUSE_MS = 3

export function subjectHandlers(parts: ApiParts): HandlersOf<CallsIn<'subjects'>> {
  const { studio, tell, nudge } = parts
  const { library, jobs, manager } = studio

  function told(subjects: readonly Subject[], removedSubjects: readonly string[] = []): void {
    tell('photos.changed', {
      photos: [],
      removedPhotos: [],
      subjects: [...subjects],
      removedSubjects: [...removedSubjects]
    })
  }

  async function remove(id: string): Promise<void> {
    // First, so that whatever is removed with it is later than it in the bin, and what lay there already is not.
    await library.removeSubject(id)
    await sleep(PAUSE_MS)
    const photos = await photosOf(library, id, false)
    for (const { _id } of photos) await library.removePhoto(_id)
    for (const jobId of await jobIdsOf(jobs, id, false)) await removeJob(jobId)
    const removedPhotos = photos.map(({ _id }) => _id)
    tell('photos.changed', { photos: [], removedPhotos, subjects: [], removedSubjects: [id] })
  }

  async function removeJob(id: string): Promise<void> {
    const job = await jobs.get(id)
    if (job?.status === 'pending' || job?.status === 'processing') await manager.cancel(id)
    await jobs.remove(id)
  }

  /** What went into the bin with the subject comes back; what lay there before stays. */
  async function restore(id: string): Promise<void> {
    const subject = await library.subject(id)
    if (!subject) throw new StudioError('subject-missing', `There is no subject ${id}.`)
    const since = subject.deletedAt ?? new Date()
    const photos = []
    for (const photo of await photosOf(library, id, true)) {
      if (photo.deletedAt && photo.deletedAt > since) photos.push(await library.restorePhoto(photo._id))
    }
    for (const jobId of await jobIdsOf(jobs, id, true)) {
      const job = await jobs.get(jobId)
      if (job?.deletedAt && job.deletedAt > since) await jobs.restore(jobId)
    }
    const restored = await library.restoreSubject(id)
    tell('photos.changed', { photos, removedPhotos: [], subjects: [restored], removedSubjects: [] })
  }

  async function erase(id: string): Promise<{ jobs: string[]; artifacts: ArtifactId[] }> {
    const artifacts: ArtifactId[] = []
    const jobIds = [...(await jobIdsOf(jobs, id, false)), ...(await jobIdsOf(jobs, id, true))]
    for (const jobId of jobIds) {
      await removeJob(jobId)
      artifacts.push(...(await jobs.erase(jobId)))
    }
    const photos = [...(await photosOf(library, id, false)), ...(await photosOf(library, id, true))]
    for (const { _id } of photos) artifacts.push(await library.erasePhoto(_id))
    await library.eraseSubject(id)
    const removedPhotos = photos.map(({ _id }) => _id)
    tell('photos.changed', { photos: [], removedPhotos, subjects: [], removedSubjects: [id] })
    tell('jobs.changed', { changed: [], removed: jobIds })
    return { jobs: jobIds, artifacts }
  }

  const nudging = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } finally {
      nudge()
    }
  }

  return {
    async 'subjects.list'({ bin }) {
      const subjects = await library.subjects({ bin })
      const counted = subjects.map(async (subject) => {
        const [photos, counts] = await Promise.all([
          library.countPhotos(subject._id),
          jobs.counts({ subjectIds: [subject._id] })
        ])
        return { ...subject, photos, jobs: Object.values(counts).reduce((sum, count) => sum + count, 0) }
      })
      return { subjects: await Promise.all(counted) }
    },
    async 'subjects.rename'({ id, name }) {
      const subject = await library.rename(id, name)
      told([subject])
      return subject
    },
    async 'subjects.merge'({ into, others }, { signal }) {
      const target = await library.subject(into)
      if (!target) throw new StudioError('subject-missing', `There is no subject ${into}.`)
      const moved = []
      for (const id of others.filter((other) => other !== into)) {
        for (const bin of [false, true]) {
          signal.throwIfAborted()
          for (const { _id } of await photosOf(library, id, bin)) moved.push(await library.movePhoto(_id, into))
          for (const jobId of await jobIdsOf(jobs, id, bin)) await jobs.setSubject(jobId, into)
        }
        await library.eraseSubject(id)
        told([], [id])
      }
      const shown = moved.filter(({ deletedAt }) => deletedAt === null)
      tell('photos.changed', { photos: shown, removedPhotos: [], subjects: [target], removedSubjects: [] })
      nudge()
      return target
    },
    'subjects.remove': ({ ids }, { signal }) => nudging(eachOf(ids, remove, signal)),
    'subjects.restore': ({ ids }, { signal }) => nudging(eachOf(ids, restore, signal)),
    async 'subjects.erase'({ ids }, { signal }) {
      const total = { jobs: 0, pictures: 0 }
      const eraseWhole = async (id: string) => {
        const { jobs: erased, artifacts } = await erase(id)
        const pictures = await erasePictures(parts, artifacts, new Date())
        total.jobs += erased.length
        total.pictures += pictures.length
      }
      return { ...(await nudging(eachOf(ids, eraseWhole, signal))), ...total }
    }
  }
}
