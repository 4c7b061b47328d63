import { z } from 'zod'
import type { GuardedParts, RegisterRoutes } from '../guarded-server.ts'
import { PROBLEMS } from '../problem-responses.ts'

/** Figures of requests and of the process itself. */
export const registryRoute: RegisterRoutes<GuardedParts> = (app, { registry }) => {
  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'getMetrics',
        tags: ['server'],
        summary: 'Figures for Prometheus',
        response: {
          200: { description: 'Prometheus text format', content: { 'text/plain': { schema: z.string() } } },
          ...PROBLEMS
        }
      }
    },
    async (_request, reply) => await reply.header('content-type', registry.contentType).send(await registry.metrics())
  )
}
