import type { StudioPhoto } from '../../domain/subject.ts'
import type { JobRepository } from '../store/job-repository.ts'
import type { Library } from '../store/library/library.ts'

const PAGE = 200

/** Every job of a subject, in the bin or out of it. */
export async function jobIdsOf(jobs: JobRepository, subjectId: string, removed: boolean): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await jobs.list({ subjectIds: [subjectId], removed, cursor, limit: PAGE })
    ids.push(...page.items.map(({ _id }) => _id))
    if (page.next === null) return ids
    cursor = page.next
  }
}

export function photosOf(library: Library, subjectId: string, bin: boolean): Promise<StudioPhoto[]> {
  return library.photos({ subjectIds: [subjectId], bin })
}
