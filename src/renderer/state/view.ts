import { create } from 'zustand'

export const MODES = ['prepare', 'gallery', 'compare', 'deliver'] as const
export type Mode = (typeof MODES)[number]

export const SETTINGS_PAGES = [
  'general',
  'storage',
  'engines',
  'models',
  'judge',
  'prompts',
  'folders',
  'browser',
  'privacy',
  'shortcuts',
  'about'
] as const
export type SettingsPage = (typeof SETTINGS_PAGES)[number]

/** A layer over the screens. */
export type Layer =
  | { readonly kind: 'settings'; readonly page: SettingsPage }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'queue' }
  | { readonly kind: 'report'; readonly jobId: string }
  | null

/** One picture of a job: an attempt by its number, what was delivered, or the reference photo. */
export type PictureChoice = number | 'delivered' | 'reference'

interface ViewState {
  readonly mode: Mode
  readonly layer: Layer
  /** Photo on the stage of Prepare. */
  readonly photoId: string | null
  /** Job under the cursor of Gallery. */
  readonly jobId: string | null
  /** Every job that is selected, in the order of selection. */
  readonly selected: readonly string[]
  /** Gallery shows the job by itself instead of the grid. */
  readonly single: boolean
  readonly picture: PictureChoice
  /** Measurements are drawn on the picture. */
  readonly overlay: boolean
  setMode(mode: Mode): void
  setLayer(layer: Layer): void
  showPhoto(photoId: string | null): void
  /** The job becomes current and the only one selected. */
  showJob(jobId: string | null): void
  select(selected: readonly string[], current?: string): void
  setSingle(single: boolean): void
  setPicture(picture: PictureChoice): void
  toggleOverlay(): void
}

/** Where in the studio the window is; gone with the window. */
export const useView = create<ViewState>()((set) => ({
  mode: 'prepare',
  layer: null,
  photoId: null,
  jobId: null,
  selected: [],
  single: false,
  picture: 'delivered',
  overlay: false,
  setMode: (mode) => set({ mode }),
  setLayer: (layer) => set({ layer }),
  showPhoto: (photoId) => set({ photoId }),
  showJob: (jobId) => set({ jobId, selected: jobId === null ? [] : [jobId], picture: 'delivered' }),
  select: (selected, current) =>
    set(({ jobId, picture }) => {
      const next = current ?? jobId
      return { selected, jobId: next, picture: next === jobId ? picture : 'delivered' }
    }),
  setSingle: (single) => set({ single }),
  setPicture: (picture) => set({ picture }),
  toggleOverlay: () => set(({ overlay }) => ({ overlay: !overlay }))
}))
