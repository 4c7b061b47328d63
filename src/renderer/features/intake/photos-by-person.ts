import type { StudioPhoto } from '../../../domain/subject.ts'

/** Photos of each person, oldest first, by the id of the person. */
export function photosByPerson(photos: Iterable<StudioPhoto>): ReadonlyMap<string, readonly StudioPhoto[]> {
  const oldestFirst = [...photos].sort(
    (a, b) => a.importedAt.getTime() - b.importedAt.getTime() || (a._id < b._id ? -1 : 1)
  )
  const people = new Map<string, StudioPhoto[]>()
  for (const photo of oldestFirst) {
    const own = people.get(photo.subjectId)
    if (own) own.push(photo)
    else people.set(photo.subjectId, [photo])
  }
  return people
}
