import swaggerUi from '@fastify/swagger-ui'
import { z } from 'zod'
import type { HttpRoutes } from '../http-routes.ts'
import { PROBLEMS } from '../problem-responses.ts'

/** Of the page, which sets styles of its own while it runs; it may ask this server and nobody else. */
const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/** The description itself, and a page that shows it: everything it loads comes from this server. */
export const openApiRoutes: HttpRoutes = async (app) => {
  app.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'getOpenApi',
        tags: ['studio'],
        summary: 'This description, as OpenAPI 3.1',
        response: { 200: z.looseObject({ openapi: z.string() }), ...PROBLEMS }
      }
    },
    async () => ({ ...app.swagger(), openapi: '3.1.0' })
  )
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    // Its validator would be asked over the network.
    uiConfig: { validatorUrl: null, deepLinking: false }
  })
}
