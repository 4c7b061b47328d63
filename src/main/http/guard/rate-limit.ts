import rateLimit from '@fastify/rate-limit'
import { StudioError } from '../../../domain/errors.ts'
import type { HttpApp } from '../http-routes.ts'

/** So many requests a minute for each caller, or for each address where the caller is not known. */
export async function limitRates(app: HttpApp, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: ({ caller, ip }) => caller?.id ?? ip,
    errorResponseBuilder: (_request, { after }) =>
      new StudioError('too-many-requests', `More than ${perMinute} requests came in a minute. Go on in ${after}.`)
  })
}
