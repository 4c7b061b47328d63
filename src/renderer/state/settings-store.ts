import { createStore, type StoreApi } from 'zustand/vanilla'
import type { StudioClient } from '../../contract/studio/client.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../domain/settings.ts'

interface SettingsState {
  readonly settings: Settings
  readonly loaded: boolean
}

/** A drag ends in one write, not in one for each frame, ms. */
const CALM_MS = 500

export interface SettingsStore {
  readonly store: StoreApi<SettingsState>
  load(): Promise<void>
  /** Shown at once; taken back where the studio cannot keep it. @throws StudioError. */
  change(change: Partial<Settings>): Promise<void>
  /** Shown at once and stored when changes have calmed down, for what is dragged. */
  changeSoon(change: Partial<Settings>): void
  dispose(): void
}

export function createSettingsStore(client: StudioClient): SettingsStore {
  const store = createStore<SettingsState>()(() => ({ settings: DEFAULT_SETTINGS, loaded: false }))
  const keep = (settings: Settings) => store.setState({ settings, loaded: true })
  const stop = client.subscribe('settings.changed', keep)
  let soon: Partial<Settings> = {}
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    store,
    changeSoon(change) {
      soon = { ...soon, ...change }
      store.setState((state) => ({ settings: { ...state.settings, ...change } }))
      clearTimeout(timer)
      timer = setTimeout(() => {
        const change = soon
        soon = {}
        // A size that cannot be kept is told nowhere: it is only forgotten at the next start.
        void client.call('settings.set', { change }).catch(() => undefined)
      }, CALM_MS)
    },
    load: async () => keep(await client.call('settings.get', {})),
    async change(change) {
      const before = store.getState().settings
      store.setState({ settings: { ...before, ...change } })
      try {
        keep(await client.call('settings.set', { change }))
      } catch (thrown) {
        store.setState({ settings: before })
        throw thrown
      }
    },
    dispose() {
      clearTimeout(timer)
      stop()
    }
  }
}
