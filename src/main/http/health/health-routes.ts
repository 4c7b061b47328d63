import { z } from 'zod'
import { engineStateSchema } from '../../../contract/studio/studio-calls.ts'
import { errorCodeSchema } from '../../../domain/errors.ts'
import type { RemoteServer } from '../../engines/remote/remote-server.ts'
import type { HttpRoutes } from '../http-routes.ts'
import { PROBLEMS } from '../problem-responses.ts'
import { probeStudio } from './probe-studio.ts'

/** The seed system's words: `connected` or `disconnected`, and `not configured` for engines this studio runs without. */
const serviceSchema = z.enum(['connected', 'disconnected', 'not configured'])

const engineSchema = z.object({
  port: engineStateSchema.shape.port,
  engine: z.string().describe('Its name, as orders have it'),
  label: z.string(),
  state: engineStateSchema.shape.state.describe(
    'idle: it starts with the next call; away: it does not answer, and jobs that need it wait; uninstalled: it has no model'
  ),
  models: z
    .array(z.string())
    .optional()
    .describe('Names of the models it would use now; left out for callers without a key, where one is needed'),
  error: errorCodeSchema
    .nullable()
    .optional()
    .describe(
      'Why it is away, has no model or could not use one now, or what its last process ended of; left out as the models'
    )
})

const healthSchema = z
  .object({
    status: z.enum(['running', 'degraded']),
    services: z.object({ vllm_server: serviceSchema, flux_server: serviceSchema, database: serviceSchema }),
    version: z.string(),
    engines: z.array(engineSchema),
    disk: z.object({ free_bytes: z.number().nullable(), low: z.boolean() }),
    queue: z.object({
      pending: z.int(),
      processing: z.int(),
      /** How long the oldest job that waits has waited. */
      oldest_pending_seconds: z.number().nullable(),
      paused: z.boolean()
    })
  })
  .meta({ id: 'Health' })

export const healthRoutes: HttpRoutes = (app, { studio }) => {
  app.get(
    '/health',
    {
      config: { access: 'open' },
      schema: {
        operationId: 'getHealth',
        tags: ['studio'],
        summary: 'How the studio is: database, disk, queue and engines, as they are now',
        response: {
          200: healthSchema,
          503: healthSchema.describe('Something that every job needs is away'),
          ...PROBLEMS
        }
      }
    },
    async ({ caller }, reply) => {
      const health = await probeStudio(studio)
      const { database, freeBytes, diskIsLow, pending, processing, queueAgeMs, paused, servers, engines } = health
      const service = (isConnected: boolean) => (isConnected ? 'connected' : 'disconnected')
      const server = (variable: RemoteServer['variable']) => {
        const isConnected = servers.get(variable)
        return isConnected === undefined ? 'not configured' : service(isConnected)
      }
      const isWell = database && !diskIsLow && [...servers.values()].every(Boolean)
      return await reply.status(database ? 200 : 503).send({
        status: isWell ? 'running' : 'degraded',
        services: {
          vllm_server: server('VLLM_SERVER_URL'),
          flux_server: server('FLUX_SERVER_URL'),
          database: service(database)
        },
        version: studio.version,
        engines: engines.map(({ port, engine, label, state, models, error }) => ({
          port,
          engine,
          label,
          state,
          ...(caller !== null && { models: [...models], error })
        })),
        disk: { free_bytes: freeBytes, low: diskIsLow },
        queue: {
          pending,
          processing,
          oldest_pending_seconds: queueAgeMs === null ? null : queueAgeMs / 1000,
          paused
        }
      })
    }
  )
}
