import { randomBytes } from 'node:crypto'
import { WINDOW_EVENTS } from '../../../contract/studio/events.ts'
import type { StudioMessage } from '../../../contract/studio/transport.ts'

/** Enough for a tablet that was out of reach for a while; whoever was away longer reads everything again. */
const MOST_KEPT = 500
const MOST_BYTES = 4 * 1024 ** 2

export interface LoggedEvent {
  readonly id: string
  readonly data: StudioMessage
}

interface Kept extends LoggedEvent {
  readonly number: number
  /** Roughly. */
  readonly bytes: number
}

/** What the studio has told lately, so that a connection can go on where it was cut off. */
export class EventLog {
  /** Numbers of another run of the studio mean nothing here. */
  readonly #run = randomBytes(8).toString('hex')
  readonly #listeners = new Set<(event: LoggedEvent) => void>()
  #kept: Kept[] = []
  #bytes = 0
  #last = 0

  /** Keeps and passes on what concerns browsers. */
  add(message: StudioMessage): void {
    if ([...WINDOW_EVENTS].some((event) => event === message.event)) return
    this.#last += 1
    const logged = { id: `${this.#run}.${this.#last}`, data: message }
    const bytes = JSON.stringify(message).length
    this.#kept.push({ ...logged, number: this.#last, bytes })
    this.#bytes += bytes
    while (this.#kept.length > MOST_KEPT || (this.#bytes > MOST_BYTES && this.#kept.length > 1)) {
      this.#bytes -= this.#kept.shift()?.bytes ?? 0
    }
    for (const listener of this.#listeners) listener(logged)
  }

  hear(listener: (event: LoggedEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What was told since, given the id of what was heard last; null where that is no longer known. */
  since(id: string): readonly LoggedEvent[] | null {
    const [run, text = ''] = id.split('.')
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    const oldest = this.#kept[0]?.number ?? this.#last + 1
    if (run !== this.#run || !(number >= oldest - 1 && number <= this.#last)) return null
    return this.#kept.filter((each) => each.number > number).map(({ id, data }) => ({ id, data }))
  }
}
