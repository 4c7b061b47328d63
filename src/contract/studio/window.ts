import type { StudioTransport } from './transport.ts'

/** What the preload script puts into the window as `window.studio`: the way to the studio, and nothing else. */
export interface StudioWindow extends StudioTransport {
  /** Raised when the contract changes in a way that an older page cannot follow. */
  readonly contractVersion: 1
  /** Version of the program, for the page to show. */
  readonly version: string
  /** Where a dropped or pasted file lies on this machine; null where it has no path, e.g. one dragged from a browser. */
  pathOf(file: File): string | null
}

/** The name of the global in the page. */
export const STUDIO_GLOBAL = 'studio'
