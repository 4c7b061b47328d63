import type { StudioPhoto, Subject } from '../../../domain/subject.ts'
import { photosByPerson } from './photos-by-person.ts'

export type PeopleRow =
  | { readonly kind: 'person'; readonly subject: Subject; readonly photos: readonly StudioPhoto[] }
  | { readonly kind: 'photo'; readonly photo: StudioPhoto }

/** People by when their newest photo came in, each followed by their photos, oldest first. */
export function peopleRows(
  subjects: ReadonlyMap<string, Subject>,
  photos: ReadonlyMap<string, StudioPhoto>
): readonly PeopleRow[] {
  const people = [...photosByPerson(photos.values())]
    .flatMap(([subjectId, own]) => {
      const subject = subjects.get(subjectId)
      return subject ? [{ subject, photos: own }] : []
    })
    .sort((a, b) => newest(b.photos) - newest(a.photos) || (a.subject._id < b.subject._id ? 1 : -1))
  return people.flatMap(({ subject, photos: own }) => [
    { kind: 'person', subject, photos: own } as const,
    ...own.map((photo) => ({ kind: 'photo', photo }) as const)
  ])
}

const newest = (photos: readonly StudioPhoto[]) => photos.at(-1)?.importedAt.getTime() ?? 0
