import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpApp } from './http-routes.ts'

export interface RequestOver {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Milliseconds from the request to the end of its answer. */
  readonly ms: number
  /** Whoever asked has gone before the end of the answer. */
  readonly isCut: boolean
}

/**
 * Tells of each request once, however it ended: Fastify's `onResponse` is silent about answers that were cut, such as
 * every stream of events. To be called before hooks that refuse requests, which would keep them from being told.
 */
export function whenOver(app: HttpApp, tell: (over: RequestOver) => void): void {
  app.addHook('onRequest', async (request, reply) => {
    // https://nodejs.org/api/http.html#event-close_1: also after an answer that came to its end.
    reply.raw.once('close', () => {
      tell({ request, reply, ms: reply.elapsedTime, isCut: !reply.raw.writableFinished })
    })
  })
}
