import type { FastifyReply } from 'fastify'

/** Raised when the client hangs up or the server closes: a picture nobody waits for any more is not made. */
export function whileWaitedFor(reply: FastifyReply, closing: AbortSignal): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return AbortSignal.any([gone.signal, closing])
}
