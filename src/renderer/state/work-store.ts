import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StudioClient } from '../../contract/studio/client.ts'
import type { JobProgressEvent, QueueState } from '../../contract/studio/events.ts'
import type { EngineState, StudioDescription } from '../../contract/studio/studio-calls.ts'
import { type StudioError, toStudioError } from '../../domain/errors.ts'
import { isEnded } from '../../domain/job.ts'

interface WorkState {
  readonly queue: QueueState | null
  readonly engines: readonly EngineState[] | null
  readonly studio: StudioDescription | null
  /** Of jobs that run now. */
  readonly progress: ReadonlyMap<string, JobProgressEvent>
  readonly error: StudioError | null
  /** The studio is heard: what is shown is what is. */
  readonly connected: boolean
}

export interface WorkStore {
  readonly store: StoreApi<WorkState>
  load(): Promise<void>
  loadEngines(): Promise<void>
  dispose(): void
}

/** What the studio is doing. */
export function createWorkStore(client: StudioClient): WorkStore {
  const store = createStore<WorkState>()(() => ({
    queue: null,
    engines: null,
    studio: null,
    progress: new Map(),
    error: null,
    connected: true
  }))

  const forget = (ids: readonly string[]) =>
    store.setState(({ progress }) => {
      if (!ids.some((id) => progress.has(id))) return {}
      const next = new Map(progress)
      for (const id of ids) next.delete(id)
      return { progress: next }
    })

  const stops = [
    client.subscribe('queue.changed', (queue) => store.setState({ queue })),
    client.subscribe('connection.changed', ({ connected }) => store.setState({ connected })),
    client.subscribe('engines.changed', ({ engines }) => store.setState({ engines })),
    client.subscribe('job.progress', (told) =>
      store.setState(({ progress }) => ({ progress: new Map(progress).set(told.jobId, told) }))
    ),
    client.subscribe('jobs.changed', ({ changed, removed }) =>
      forget([...removed, ...changed.filter((job) => isEnded(job.status)).map((job) => job._id)])
    )
  ]

  return {
    store,
    async load() {
      try {
        const [studio, counts] = await Promise.all([client.call('studio.describe', {}), client.call('jobs.counts', {})])
        store.setState(({ queue }) => ({
          studio,
          error: null,
          queue: { running: [], leftMs: null, ...queue, paused: studio.paused, counts }
        }))
      } catch (thrown) {
        store.setState({ error: toStudioError(thrown) })
      }
    },
    async loadEngines() {
      try {
        store.setState(await client.call('engines.list', {}))
      } catch (thrown) {
        store.setState({ error: toStudioError(thrown) })
      }
    },
    dispose() {
      for (const stop of stops) stop()
    }
  }
}
