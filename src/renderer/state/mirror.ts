import type { StudioClient } from '../../contract/studio/client.ts'
import { createDetailsStore, type DetailsStore } from './details-store.ts'
import { createJobsStore, type JobsStore } from './jobs-store.ts'
import { createLibraryStore, type LibraryStore } from './library-store.ts'
import type { OwnFiles } from './own-files.ts'
import { createSettingsStore, type SettingsStore } from './settings-store.ts'
import { createSwatchesStore, type SwatchesStore } from './swatches-store.ts'
import { createWorkStore, type WorkStore } from './work-store.ts'

/** What the window knows of the studio. Main is the authority: everything here was read or told, nothing is asked twice. */
export interface Mirror {
  readonly client: StudioClient
  /** Of the machine that the page is shown on. */
  readonly files: OwnFiles
  readonly settings: SettingsStore
  readonly library: LibraryStore
  readonly work: WorkStore
  readonly details: DetailsStore
  /** The list of the gallery. */
  readonly gallery: JobsStore
  /** What waits and what runs, in that order. */
  readonly queue: JobsStore
  readonly swatches: SwatchesStore
  /** What the first screen shows. */
  load(): Promise<void>
  /** What the others show, and the engines, which start for it: the first screen does not wait for them. */
  loadRest(): Promise<void>
  dispose(): void
}

export function createMirror(client: StudioClient, files: OwnFiles): Mirror {
  const settings = createSettingsStore(client)
  const library = createLibraryStore(client)
  const work = createWorkStore(client)
  const details = createDetailsStore(client)
  const gallery = createJobsStore(client)
  const queue = createJobsStore(client)
  const parts = [settings, library, work, details, gallery, queue]

  /** Also where the studio was started anew meanwhile: nothing that was known counts for sure. */
  async function refresh(): Promise<void> {
    await Promise.allSettled([
      settings.load(),
      library.load(),
      work.load(),
      work.loadEngines(),
      gallery.refresh(),
      queue.refresh(),
      details.refresh()
    ])
  }

  const stop = client.subscribe('connection.changed', ({ missed }) => {
    if (missed) void refresh()
  })
  return {
    client,
    files,
    settings,
    library,
    work,
    details,
    gallery,
    queue,
    swatches: createSwatchesStore(client),
    async load() {
      await Promise.allSettled([settings.load(), library.load(), work.load()])
    },
    async loadRest() {
      await Promise.allSettled([
        gallery.show({}, {}),
        queue.show({ status: ['pending', 'processing'] }, { by: 'queue' }),
        work.loadEngines()
      ])
    },
    dispose() {
      stop()
      for (const part of parts) part.dispose()
    }
  }
}
