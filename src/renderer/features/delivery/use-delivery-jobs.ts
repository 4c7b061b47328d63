import { useEffect, useState } from 'react'
import type { JobFilter } from '../../../contract/studio/job-filter.ts'
import type { JobSummary } from '../../../domain/job.ts'
import { useClient, useGallery } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'

export const SOURCES = ['selected', 'picked', 'finished'] as const
export type Source = (typeof SOURCES)[number]

const FILTERS: Readonly<Record<Exclude<Source, 'selected'>, JobFilter>> = {
  picked: { flag: ['pick'] },
  finished: { status: ['completed'] }
}

/** As many as are delivered at once, and as a page has. */
const MOST = 10_000
const PAGE = 200

const deliverable = (job: JobSummary) => job.coverKind === 'final' || job.coverKind === 'best'

/** The jobs that are about to be delivered: those that have something to deliver. */
export function useDeliveryJobs(source: Source): { readonly jobs: readonly JobSummary[]; readonly loading: boolean } {
  const client = useClient()
  const listed = useGallery((list) => list.jobs)
  const selected = useView((view) => view.selected)
  const [read, setRead] = useState<{ readonly of: Source; readonly jobs: readonly JobSummary[] } | null>(null)
  useEffect(() => {
    if (source === 'selected') return
    let current = true
    const load = async () => {
      const jobs: JobSummary[] = []
      let cursor: string | null = null
      do {
        const page = await readPage(cursor)
        jobs.push(...page.items)
        cursor = page.next
      } while (cursor !== null && jobs.length < MOST && current)
      if (current) setRead({ of: source, jobs: jobs.filter(deliverable) })
    }
    const readPage = (cursor: string | null) =>
      client.call('jobs.list', { filter: FILTERS[source], cursor, limit: PAGE })
    load().catch(() => current && setRead({ of: source, jobs: [] }))
    return () => {
      current = false
    }
  }, [client, source])
  if (source !== 'selected') return { jobs: read?.of === source ? read.jobs : [], loading: read?.of !== source }
  const chosen = new Set(selected)
  return { jobs: listed.filter((job) => chosen.has(job._id) && deliverable(job)), loading: false }
}
