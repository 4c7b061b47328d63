import type { StudioEventPayload } from './events.ts'

/** The part of an `EventSource` (https://html.spec.whatwg.org/multipage/server-sent-events.html) that is used. */
export interface EventConnection {
  readonly readyState: number
  addEventListener(type: string, listener: (event: MessageEvent) => void): void
  close(): void
}

export interface EventStreamOptions {
  readonly address: string
  readonly EventSource: new (address: string) => EventConnection
}

/** An `EventSource` that has given up. */
const CLOSED = 2
/** The studio tells every 15 s that it is there: one that was silent for so long has gone without a word, ms. */
const SILENT_MS = 40_000
const LOOK_MS = 5_000
const AGAIN_MS = 2_000

/**
 * Hears what the studio tells, through reconnections. A connection that the browser resumes itself goes on where it was
 * cut off; where that cannot be, whoever hears is told that something was missed.
 */
export function openEventStream(
  { address, EventSource }: EventStreamOptions,
  hear: (message: unknown) => void
): () => void {
  let source: EventConnection
  let heardAt = Date.now()
  let connected = true
  let again: ReturnType<typeof setTimeout> | undefined

  function tell(change: StudioEventPayload<'connection.changed'>): void {
    if (change.connected === connected && !change.missed) return
    connected = change.connected
    hear({ event: 'connection.changed', payload: change })
  }

  function open(isFirst: boolean): void {
    const opened = new EventSource(address)
    source = opened
    let missed = !isFirst
    heardAt = Date.now()
    opened.addEventListener('open', () => {
      heardAt = Date.now()
      tell({ connected: true, missed })
      missed = false
    })
    opened.addEventListener('message', ({ data }) => {
      heardAt = Date.now()
      hear(JSON.parse(String(data)))
    })
    opened.addEventListener('beat', () => {
      heardAt = Date.now()
    })
    opened.addEventListener('missed', () => tell({ connected: true, missed: true }))
    opened.addEventListener('error', () => {
      if (source !== opened) return
      tell({ connected: false, missed: false })
      if (opened.readyState === CLOSED) reopen(AGAIN_MS)
    })
  }

  function reopen(inMs: number): void {
    source.close()
    clearTimeout(again)
    again = setTimeout(() => open(false), inMs)
    heardAt = Date.now()
  }

  open(true)
  const watch = setInterval(() => {
    if (Date.now() - heardAt < SILENT_MS) return
    tell({ connected: false, missed: false })
    reopen(0)
  }, LOOK_MS)
  return () => {
    clearInterval(watch)
    clearTimeout(again)
    source.close()
  }
}
