/** A page that cannot be shown, or a machine that is very slow, holds nothing up for longer, ms. */
const PATIENCE_MS = 3_000

/** What the page asks for once its first screen stands. */
const ASKED_AFTERWARDS = 'jobs.list'

export interface FirstScreen {
  /** True once the first screen stands, or is not worth waiting for any longer; false where the studio quits before that. */
  readonly stands: Promise<boolean>
  /** To be told what the page asks for. */
  heard(request: unknown): void
}

/** Knows when the first screen stands: until then the page and the store need the processors for it. */
export function watchFirstScreen(quitting: AbortSignal): FirstScreen {
  let tell: (stands: boolean) => void = () => undefined
  const stands = new Promise<boolean>((resolve) => {
    tell = resolve
  })
  const timer = setTimeout(() => tell(true), PATIENCE_MS)
  const quit = () => tell(false)
  if (quitting.aborted) quit()
  quitting.addEventListener('abort', quit, { once: true })
  return {
    stands: stands.finally(() => {
      clearTimeout(timer)
      quitting.removeEventListener('abort', quit)
    }),
    heard(request) {
      if (typeof request === 'object' && request !== null && Reflect.get(request, 'name') === ASKED_AFTERWARDS)
        tell(true)
    }
  }
}
