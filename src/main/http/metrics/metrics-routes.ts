import { z } from 'zod'
import type { HttpRoutes } from '../http-routes.ts'
import { PROBLEMS } from '../problem-responses.ts'

export const metricsRoutes: HttpRoutes = (app, { metrics }) => {
  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'getMetrics',
        tags: ['studio'],
        summary: 'Figures for Prometheus',
        response: {
          200: { description: 'Prometheus text format', content: { 'text/plain': { schema: z.string() } } },
          ...PROBLEMS
        }
      }
    },
    async (_request, reply) => await reply.header('content-type', metrics.contentType).send(await metrics.read())
  )
}
