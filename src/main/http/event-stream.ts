import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** A proxy closes what is silent for a minute or so. */
const BEAT_MS = 15_000
/** Events that wait for a reader who does not read; whoever is further behind is let go and asks anew. */
const MOST_WAITING = 1_000

export interface ServerEvent {
  /** The name that a page's `addEventListener` takes; `message` where it is left out. */
  readonly event?: string
  readonly id?: string
  readonly data: unknown
  /** It is told as it is, where others expect no JSON; one line. */
  readonly isText?: true
}

/** How to tell the reader, and how to end the stream. */
export interface EventSink {
  tell(event: ServerEvent): void
  end(): void
}

/** Server-sent events as the HTML standard has them: https://html.spec.whatwg.org/multipage/server-sent-events.html */
function inWords({ event, id, data, isText }: ServerEvent): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  const mark = id === undefined ? '' : `id: ${id}\n`
  // JSON has no line breaks of its own.
  return `${mark}${name}data: ${isText ? String(data) : JSON.stringify(data)}\n\n`
}

/**
 * Answers with a stream of events that ends when the reader goes, `signal` is raised, or the sink says so. `begin` is
 * given the sink and returns what is to be done at the end.
 */
export async function sendEvents(
  reply: FastifyReply,
  signal: AbortSignal,
  begin: (sink: EventSink) => () => void
): Promise<FastifyReply> {
  let waiting: string[] = []
  let isWanted = false
  let isOver = false
  const stream = new Readable({
    read() {
      isWanted = true
      flow()
    },
    destroy(error, done) {
      finish()
      done(error)
    }
  })
  function flow(): void {
    while (isWanted && waiting.length > 0) isWanted = stream.push(waiting.shift())
    if (isOver && waiting.length === 0) stream.push(null)
  }
  const write = (words: string) => {
    if (isOver) return
    if (waiting.length >= MOST_WAITING) {
      waiting = []
      end()
      return
    }
    waiting.push(words)
    flow()
  }
  const end = () => {
    if (isOver) return
    finish()
    flow()
  }
  let stop: () => void = () => undefined
  const beat = setInterval(() => write(': here\n\n'), BEAT_MS)
  function finish(): void {
    isOver = true
    clearInterval(beat)
    signal.removeEventListener('abort', end)
    stop()
    stop = () => undefined
  }
  signal.addEventListener('abort', end)
  reply.header('content-type', 'text/event-stream; charset=utf-8').header('x-accel-buffering', 'no')
  // The reader learns at once that it is heard.
  write(': here\n\n')
  stop = begin({ tell: (event) => write(inWords(event)), end })
  if (signal.aborted || isOver) end()
  return await reply.send(stream)
}
