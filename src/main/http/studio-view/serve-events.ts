import type { FastifyRequest } from 'fastify'
import { type ServerEvent, sendEvents } from '../event-stream.ts'
import type { HttpApp, HttpParts } from '../http-routes.ts'
import { EventLog } from './event-log.ts'

/** How often a connection without news is told, where the page hears it, that it stands, ms. */
const BEAT_MS = 15_000

/** Everything the studio tells. */
export function serveEvents(app: HttpApp, { api, closing }: HttpParts): void {
  const log = new EventLog()
  const browsers = new Set<() => void>()
  const ends = [
    api.onEvent((message) => log.add(message)),
    // Who may no longer ask is not told anything either.
    api.browserAccess.onForgotten(() => {
      for (const end of browsers) end()
    })
  ]
  app.addHook('onClose', async () => {
    for (const end of ends) end()
  })

  app.get('/studio/events', { exposeHeadRoute: false, schema: { hide: true } }, async (request, reply) =>
    sendEvents(reply, closing, (sink) => {
      for (const event of missedBy(request, log)) sink.tell(event)
      const stop = log.hear((event) => sink.tell(event))
      const beat = setInterval(() => sink.tell({ event: 'beat', data: null }), BEAT_MS)
      const end = () => sink.end()
      if (request.caller?.id.startsWith('browser:')) browsers.add(end)
      return () => {
        stop()
        clearInterval(beat)
        browsers.delete(end)
      }
    })
  )
}

/** What was told while this browser was away; it is told that it has missed something where that is not known. */
function missedBy({ headers }: FastifyRequest, log: EventLog): readonly ServerEvent[] {
  const last = headers['last-event-id']
  if (typeof last !== 'string' || last === '') return []
  return log.since(last) ?? [{ event: 'missed', data: null }]
}
