import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StudioClient } from '../../contract/studio/client.ts'
import type { JobCounts } from '../../contract/studio/job-calls.ts'
import type { JobFilter, JobSort } from '../../contract/studio/job-filter.ts'
import { type StudioError, toStudioError } from '../../domain/errors.ts'
import type { JobSummary } from '../../domain/job.ts'
import { type JobList, withChangedJobs, withPage } from './job-list.ts'

const PAGE = 200
/** Changes come in bursts while jobs run; a list is read again once they have calmed down, ms. */
const CALM_MS = 400

interface Told {
  readonly changed: readonly JobSummary[]
  readonly removed: readonly string[]
}

function caughtUp(list: JobList, told: readonly Told[]): JobList {
  return told.reduce((known, { changed, removed }) => withChangedJobs(known, changed, removed), list)
}

interface JobsState extends JobList {
  /** Of the whole list; null until it is known. */
  readonly counts: JobCounts | null
  readonly loading: boolean
  readonly error: StudioError | null
}

export interface JobsStore {
  readonly store: StoreApi<JobsState>
  /** Another list, or the same one once more. */
  show(filter: JobFilter, sort: JobSort): Promise<void>
  /** Reads once more what was read before, e.g. where changes may have been missed, and shows it in one go. */
  refresh(): Promise<void>
  /** Reads pages until there are so many, or all. */
  loadTo(count: number): Promise<void>
  /** Every id of the list, read or not. */
  allIds(): Promise<readonly string[]>
  dispose(): void
}

/** One list of jobs, kept as main tells of changes. */
export function createJobsStore(client: StudioClient, sort: JobSort = {}): JobsStore {
  const empty = { jobs: [], unreadable: [], next: undefined, stale: false, counts: null, error: null }
  const store = createStore<JobsState>()(() => ({ ...empty, filter: {}, sort, loading: true }))
  let generation = 0
  let reading: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Told while a page was on its way, which may be older than they are. */
  let meanwhile: Told[] | null = null

  async function readPage(of: number): Promise<void> {
    const { filter, sort, next } = store.getState()
    store.setState({ loading: true })
    meanwhile = []
    try {
      const page = await client.call('jobs.list', { filter, sort, cursor: next ?? null, limit: PAGE })
      if (of !== generation) return
      store.setState((state) => ({
        ...caughtUp(withPage(state, page), meanwhile ?? []),
        loading: false,
        error: null
      }))
    } catch (thrown) {
      if (of === generation) store.setState({ loading: false, error: toStudioError(thrown) })
    } finally {
      if (of === generation) meanwhile = null
    }
  }

  async function count(of: number): Promise<void> {
    const { filter } = store.getState()
    const counts = await client.call('jobs.counts', { filter }).catch(() => null)
    if (of === generation) store.setState({ counts })
  }

  async function show(filter: JobFilter, sort: JobSort): Promise<void> {
    generation += 1
    const of = generation
    store.setState({ ...empty, filter, sort, loading: true })
    await Promise.all([readPage(of), count(of)])
  }

  async function refresh(): Promise<void> {
    const { filter, sort, jobs } = store.getState()
    generation += 1
    const of = generation
    let list: JobList = { filter, sort, jobs: [], unreadable: [], next: undefined, stale: false }
    meanwhile = []
    try {
      do {
        const page = await client.call('jobs.list', { filter, sort, cursor: list.next ?? null, limit: PAGE })
        list = withPage(list, page)
      } while (list.next !== null && list.jobs.length < jobs.length)
      if (of === generation) store.setState({ ...caughtUp(list, meanwhile ?? []), loading: false, error: null })
    } catch (thrown) {
      if (of === generation) store.setState({ error: toStudioError(thrown) })
    } finally {
      if (of === generation) meanwhile = null
    }
  }

  const calmDown = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      void count(generation)
      if (store.getState().stale) void refresh()
    }, CALM_MS)
  }

  const stops = [
    client.subscribe('jobs.changed', ({ changed, removed }) => {
      const before = store.getState()
      const after = withChangedJobs(before, changed, removed)
      meanwhile?.push({ changed, removed })
      if (after !== before) store.setState(after)
      calmDown()
    }),
    client.subscribe('jobs.stale', () => {
      store.setState({ stale: true })
      calmDown()
    })
  ]

  return {
    store,
    show,
    async refresh() {
      await Promise.all([refresh(), count(generation)])
    },
    async loadTo(wanted) {
      const of = generation
      for (;;) {
        await reading
        const { jobs, next, error } = store.getState()
        if (of !== generation || next == null || jobs.length >= wanted || error) return
        reading ??= readPage(of).finally(() => {
          reading = null
        })
      }
    },
    async allIds() {
      const { filter, sort } = store.getState()
      return (await client.call('jobs.ids', { filter, sort })).ids
    },
    dispose() {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }
}
