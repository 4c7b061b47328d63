/** What the preload script puts into the window as `window.studio`: everything the page may ask of the studio. */
export interface StudioWindow {
  /** Raised when the contract changes in a way that an older page cannot follow. */
  readonly contractVersion: 1
  /** Version of the program, for the page to show. */
  readonly version: string
}

/** The name of the global in the page. */
export const STUDIO_GLOBAL = 'studio'
