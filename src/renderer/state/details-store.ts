import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StudioClient } from '../../contract/studio/client.ts'
import type { JobDetail } from '../../contract/studio/job-calls.ts'
import { type StudioError, toStudioError } from '../../domain/errors.ts'

/** Ledgers are large: no more than these are kept. */
const MOST_KEPT = 40

export type Detail =
  | { readonly state: 'loading'; readonly job: null; readonly error: null }
  | { readonly state: 'ready'; readonly job: JobDetail; readonly error: null }
  | { readonly state: 'failed'; readonly job: null; readonly error: StudioError }

interface DetailsState {
  readonly details: ReadonlyMap<string, Detail>
}

export interface DetailsStore {
  readonly store: StoreApi<DetailsState>
  /** Reads a job and keeps it up to date until the function returned is called. */
  watch(jobId: string): () => void
  reload(jobId: string): Promise<void>
  /** Reads once more what is looked at, and forgets the rest. */
  refresh(): Promise<void>
  dispose(): void
}

const LOADING: Detail = { state: 'loading', job: null, error: null }

/** Whole jobs, read when they are looked at. */
export function createDetailsStore(client: StudioClient): DetailsStore {
  const store = createStore<DetailsState>()(() => ({ details: new Map() }))
  const watched = new Map<string, number>()
  const asked = new Map<string, number>()

  function put(jobId: string, detail: Detail): void {
    const details = new Map(store.getState().details)
    details.delete(jobId)
    details.set(jobId, detail)
    for (const id of details.keys()) {
      if (details.size <= MOST_KEPT) break
      if (!watched.has(id)) details.delete(id)
    }
    store.setState({ details })
  }

  async function reload(jobId: string): Promise<void> {
    const turn = (asked.get(jobId) ?? 0) + 1
    asked.set(jobId, turn)
    const detail: Detail = await client.call('jobs.get', { id: jobId }).then(
      (job) => ({ state: 'ready', job, error: null }),
      (thrown: unknown) => ({ state: 'failed', job: null, error: toStudioError(thrown) })
    )
    if (asked.get(jobId) === turn) put(jobId, detail)
  }

  const stop = client.subscribe('jobs.changed', ({ changed }) => {
    for (const { _id, revision } of changed) {
      const known = store.getState().details.get(_id)
      if (!known || (known.job && known.job.revision >= revision)) continue
      if (watched.has(_id)) void reload(_id)
      else forget(_id)
    }
  })

  function forget(jobId: string): void {
    const details = new Map(store.getState().details)
    details.delete(jobId)
    store.setState({ details })
  }

  return {
    store,
    reload,
    async refresh() {
      for (const id of store.getState().details.keys()) if (!watched.has(id)) forget(id)
      await Promise.all([...watched.keys()].map(reload))
    },
    watch(jobId) {
      watched.set(jobId, (watched.get(jobId) ?? 0) + 1)
      if (!store.getState().details.has(jobId)) {
        put(jobId, LOADING)
        void reload(jobId)
      }
      return () => {
        const left = (watched.get(jobId) ?? 1) - 1
        if (left > 0) watched.set(jobId, left)
        else watched.delete(jobId)
      }
    },
    dispose: stop
  }
}
