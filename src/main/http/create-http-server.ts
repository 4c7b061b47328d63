import { createStudioClient } from '../../contract/studio/client.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { Studio } from '../studio.ts'
import type { StudioApi } from '../studio-api/create-studio-api.ts'
import { ALL_ROUTES } from './all-routes.ts'
import { AccessControl } from './guard/access.ts'
import { ApiKeys } from './guard/api-keys.ts'
import { isLoopback } from './guard/network-names.ts'
import { type GuardedServerOptions, guardedServer, type HttpServer } from './guarded-server.ts'
import { type HttpRoutes, MEDIA_BASE } from './http-routes.ts'
import { measureStudio } from './metrics/studio-metrics.ts'

export interface HttpServerOptions extends Omit<GuardedServerOptions, 'access' | 'description' | 'log'> {
  readonly studio: Studio
  readonly api: StudioApi
  /** Where the built page lies; without it none is served. */
  readonly pageFolder?: string | undefined
  readonly routes?: readonly HttpRoutes[]
}

const DESCRIPTION = `Order portraits, follow them, and fetch what was made.

A server on loopback needs no key; any other asks for \`Authorization: Bearer KEY\`. Every mistake is answered by a problem
document (RFC 9457) with a stable \`code\` and a \`hint\`.`

/**
 * The server of the studio itself: its jobs, its page and what it shows of itself.
 * @throws StudioError `keys-required` where others than this machine could reach it and there is no API key; as
 *   `guardedServer`.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { studio, api, host, routes = ALL_ROUTES, onFault = () => undefined } = options
  const keys = new ApiKeys(studio.apiKeys)
  const isOpen = isLoopback(host)
  if (!isOpen && (await keys.list()).length === 0) {
    throw new StudioError('keys-required', `Others than this machine reach a server at ${host}: it needs an API key.`)
  }
  const access = new AccessControl((key) => keys.callerOf(key), isOpen)
  const client = createStudioClient({
    call: (request) => api.answer(request),
    listen: (listener) => api.onEvent(listener),
    mediaBase: MEDIA_BASE
  })
  const description = { title: 'APEX Portrait Studio', version: studio.version, description: DESCRIPTION }
  return await guardedServer({ ...options, access, description, log: studio.log }, async (server) => {
    const own = {
      studio,
      api,
      client,
      access,
      metrics: measureStudio(server.app, server.registry, studio),
      pageFolder: options.pageFolder ?? null,
      onFault: (thrown: unknown) => onFault(toStudioError(thrown))
    }
    for (const register of routes) await server.add((scope, parts) => register(scope, { ...parts, ...own }))
  })
}
