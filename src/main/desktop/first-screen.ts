import { app } from 'electron'

/** A page that cannot be shown, or a machine that is very slow, holds nothing up for longer, ms. */
const PATIENCE_MS = 3_000

/** What the page asks for once its first screen stands. */
const ASKED_AFTERWARDS = 'jobs.list'

export interface FirstScreen {
  /** Resolves once the first screen stands, or is not worth waiting for any longer. */
  readonly stands: Promise<void>
  /** To be told what the page asks for. */
  heard(request: unknown): void
}

/** Knows when the first screen stands: until then the page and the store need the processors for it. */
export function watchFirstScreen(): FirstScreen {
  let tell: () => void = () => undefined
  const stands = new Promise<void>((resolve) => {
    tell = resolve
  })
  const timer = setTimeout(tell, PATIENCE_MS)
  // Whoever quits waits for nothing.
  app.once('before-quit', tell)
  return {
    stands: stands.finally(() => {
      clearTimeout(timer)
      app.off('before-quit', tell)
    }),
    heard(request) {
      if (typeof request === 'object' && request !== null && Reflect.get(request, 'name') === ASKED_AFTERWARDS) tell()
    }
  }
}
