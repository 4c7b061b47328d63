import type { ArtifactId } from '../../domain/job.ts'
import type { ApiParts } from './api-parts.ts'
import { eraseJob, erasePictures } from './erase.ts'

const PAGE = 200

export interface Emptied {
  readonly jobs: number
  readonly pictures: number
}

/** Erases for good what was put into the bin before a time. */
export async function emptyBin(parts: ApiParts, before: Date, signal: AbortSignal): Promise<Emptied> {
  const { studio, tell } = parts
  const { jobs, library } = studio
  const old = (deletedAt: Date | null) => deletedAt !== null && deletedAt <= before
  const erased: string[] = []
  let pictures = 0
  for (let cursor: string | undefined; ; ) {
    const page = await jobs.list({ removed: true, cursor, limit: PAGE })
    for (const { _id, deletedAt } of page.items) {
      signal.throwIfAborted()
      if (!old(deletedAt)) continue
      pictures += (await eraseJob(parts, _id)).length
      erased.push(_id)
    }
    if (page.next === null) break
    cursor = page.next
  }
  const artifacts: ArtifactId[] = []
  const removedPhotos: string[] = []
  for (const { _id, deletedAt } of await library.photos({ subjectIds: null, bin: true })) {
    if (!old(deletedAt)) continue
    artifacts.push(await library.erasePhoto(_id))
    removedPhotos.push(_id)
  }
  pictures += (await erasePictures(parts, artifacts, before)).length
  const removedSubjects = await emptySubjects(parts, old)
  if (erased.length > 0) tell('jobs.changed', { changed: [], removed: erased })
  if (removedPhotos.length + removedSubjects.length > 0) {
    tell('photos.changed', { photos: [], removedPhotos, subjects: [], removedSubjects })
  }
  return { jobs: erased.length, pictures }
}

/** A person whose last photo and job are gone goes too. */
async function emptySubjects({ studio }: ApiParts, old: (deletedAt: Date | null) => boolean): Promise<string[]> {
  const { library, jobs } = studio
  const removed: string[] = []
  for (const { _id, deletedAt } of await library.subjects({ bin: true })) {
    if (!old(deletedAt)) continue
    const [shown, binned] = [false, true].map((bin) => library.photos({ subjectIds: [_id], bin }))
    const left = [
      ...((await shown) ?? []),
      ...((await binned) ?? []),
      ...(await jobs.list({ subjectIds: [_id], limit: 1 })).items,
      ...(await jobs.list({ subjectIds: [_id], removed: true, limit: 1 })).items
    ]
    if (left.length > 0) continue
    await library.eraseSubject(_id)
    removed.push(_id)
  }
  return removed
}
