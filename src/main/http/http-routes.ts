import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { StudioClient } from '../../contract/studio/client.ts'
import type { Studio } from '../studio.ts'
import type { StudioApi } from '../studio-api/create-studio-api.ts'
import type { AccessControl } from './guard/access.ts'
import type { GuardedParts, RegisterRoutes } from './guarded-server.ts'
import type { StudioMetrics } from './metrics/studio-metrics.ts'

/** The server as routes see it: schemas are zod, for what comes in and for what goes out. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What addresses of pictures begin with, see `mediaAddress`. */
export const MEDIA_BASE = '/media/'

/** What routes are made from. */
export interface HttpParts extends GuardedParts {
  readonly studio: Studio
  readonly api: StudioApi
  /** The studio's contract without a wire: what it offers is asked here, never done a second time. */
  readonly client: StudioClient
  readonly access: AccessControl
  readonly metrics: StudioMetrics
  /** Where the built page lies; null where none is served. */
  readonly pageFolder: string | null
  /** Told of every failure that is the studio's own. */
  readonly onFault: (thrown: unknown) => void
}

/**
 * The routes of one area, see `ALL_ROUTES`. A route says in `config.access` what it asks of its caller; each has zod
 * schemas; what it throws becomes a problem document.
 */
export type HttpRoutes = RegisterRoutes<HttpParts>
