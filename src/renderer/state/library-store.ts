import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StudioClient } from '../../contract/studio/client.ts'
import type { RejectedPhoto } from '../../contract/studio/photo-calls.ts'
import { type StudioError, toStudioError } from '../../domain/errors.ts'
import type { StudioPhoto, Subject } from '../../domain/subject.ts'
import { withChanges } from './revisions.ts'

interface RejectedOnce extends RejectedPhoto {
  /** The same file may be refused twice. */
  readonly number: number
}

interface LibraryState {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly error: StudioError | null
  readonly photos: ReadonlyMap<string, StudioPhoto>
  readonly subjects: ReadonlyMap<string, Subject>
  /** Photos that an import has still to look at. */
  readonly waiting: number
  /** Refused since the tray was emptied, newest first. */
  readonly rejected: readonly RejectedOnce[]
}

export interface LibraryStore {
  readonly store: StoreApi<LibraryState>
  load(): Promise<void>
  emptyTray(): void
  dispose(): void
}

/** The people and their photos. */
export function createLibraryStore(client: StudioClient): LibraryStore {
  const store = createStore<LibraryState>()(() => ({
    state: 'loading',
    error: null,
    photos: new Map(),
    subjects: new Map(),
    waiting: 0,
    rejected: []
  }))

  let refusals = 0
  const numbered = (photo: RejectedPhoto): RejectedOnce => {
    refusals += 1
    return { ...photo, number: refusals }
  }

  const stops = [
    client.subscribe('photos.changed', ({ photos, removedPhotos, subjects, removedSubjects }) =>
      store.setState((state) => ({
        photos: withChanges(state.photos, present(photos), [...removedPhotos, ...binned(photos)]),
        subjects: withChanges(state.subjects, present(subjects), [...removedSubjects, ...binned(subjects)])
      }))
    ),
    client.subscribe('intake.changed', ({ waiting, accepted, rejected }) =>
      store.setState((state) => ({
        waiting,
        photos: withChanges(state.photos, present(accepted)),
        rejected: [...rejected.map(numbered), ...state.rejected]
      }))
    )
  ]

  return {
    store,
    async load() {
      const { photos: before, subjects: peopleBefore } = store.getState()
      try {
        const [{ photos }, { subjects }] = await Promise.all([
          client.call('photos.list', {}),
          client.call('subjects.list', {})
        ])
        store.setState((state) => ({
          state: 'ready',
          error: null,
          photos: withChanges(state.photos, photos, goneFrom(before, photos)),
          subjects: withChanges(state.subjects, subjects, goneFrom(peopleBefore, subjects))
        }))
      } catch (thrown) {
        store.setState({ state: 'failed', error: toStudioError(thrown) })
      }
    },
    emptyTray: () => store.setState({ rejected: [] }),
    dispose() {
      for (const stop of stops) stop()
    }
  }
}

/** What was known before it was read again, and is no longer there. */
const goneFrom = (before: ReadonlyMap<string, unknown>, read: readonly { readonly _id: string }[]): string[] => {
  const there = new Set(read.map((each) => each._id))
  return [...before.keys()].filter((id) => !there.has(id))
}

const present = <T extends { readonly deletedAt: Date | null }>(things: readonly T[]) =>
  things.filter((each) => each.deletedAt === null)
const binned = <T extends { readonly _id: string; readonly deletedAt: Date | null }>(things: readonly T[]) =>
  things.filter((each) => each.deletedAt !== null).map((each) => each._id)
