import type { AddressInfo } from 'node:net'
import accepts from '@fastify/accepts'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { createStudioClient } from '../../contract/studio/client.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { Studio } from '../studio.ts'
import type { StudioApi } from '../studio-api/create-studio-api.ts'
import { ALL_ROUTES } from './all-routes.ts'
import { answerInProblems } from './answer-in-problems.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { AccessControl } from './guard/access.ts'
import { ApiKeys } from './guard/api-keys.ts'
import { guardRequests } from './guard/guard-requests.ts'
import { inAddress, isLoopback } from './guard/network-names.ts'
import { limitRates } from './guard/rate-limit.ts'
import { siteGuard } from './guard/site-guard.ts'
import { type HttpApp, type HttpParts, type HttpRoutes, MEDIA_BASE } from './http-routes.ts'
import { HTTP_SETTINGS, type HttpSettings, REMOTE_REQUESTS_PER_MINUTE } from './http-settings.ts'
import { logRequests } from './log-requests.ts'
import { measure } from './metrics/request-metrics.ts'
import { describeApi } from './openapi/describe-api.ts'
import { refuseOtherMethods } from './other-methods.ts'

export interface HttpServerOptions {
  readonly studio: Studio
  readonly api: StudioApi
  /** Address or name to listen at. */
  readonly host: string
  /** 0 takes any that is free. */
  readonly port: number
  /** Where the built page lies; without it none is served. */
  readonly pageFolder?: string | undefined
  /** Further names that this server is called by, e.g. behind a proxy. */
  readonly allowedHosts?: readonly string[]
  readonly settings?: Partial<HttpSettings>
  /** Told of every failure that is the studio's own. */
  readonly onFault?: (error: StudioError) => void
  readonly routes?: readonly HttpRoutes[]
}

export interface HttpServer {
  /** e.g. http://127.0.0.1:8001 */
  readonly address: string
  /** Takes no more requests, ends streams, and waits a while for what is at work. */
  close(): Promise<void>
}

/**
 * The one HTTP server of the studio, in plain Node: it listens when the promise resolves.
 * @throws StudioError `keys-required` where others than this machine could reach it and there is no API key;
 *   `address-in-use`, `option-invalid` where it cannot listen.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { studio, api, host, port, allowedHosts = [], routes = ALL_ROUTES, onFault = () => undefined } = options
  const settings: HttpSettings = { ...HTTP_SETTINGS, ...options.settings }
  const keys = new ApiKeys(studio.apiKeys)
  const isOpen = isLoopback(host)
  if (!isOpen && (await keys.list()).length === 0) {
    throw new StudioError('keys-required', `Others than this machine reach a server at ${host}: it needs an API key.`)
  }
  const access = new AccessControl(keys, isOpen)
  const closing = new AbortController()
  const app = newApp(settings)
  logRequests(app, studio.log)
  const metrics = measure(app, studio)
  guardRequests(app, access, siteGuard(host, allowedHosts))
  answerInProblems(app, onFault)
  await app.register(accepts)
  await describeApi(app, studio.version)
  const perMinute = settings.requestsPerMinute ?? (isOpen ? 0 : REMOTE_REQUESTS_PER_MINUTE)
  if (perMinute > 0) await limitRates(app, perMinute)
  const client = createStudioClient({
    call: (request) => api.answer(request),
    listen: (listener) => api.onEvent(listener),
    mediaBase: MEDIA_BASE
  })
  const parts: HttpParts = {
    studio,
    api,
    client,
    access,
    settings,
    metrics,
    pageFolder: options.pageFolder ?? null,
    onFault: (thrown) => onFault(toStudioError(thrown)),
    closing: closing.signal
  }
  const seen = refuseOtherMethods(app)
  for (const register of routes)
    await app.register(async (scope) => await register(scope.withTypeProvider<ZodTypeProvider>(), parts))
  seen.refuse()
  await listen(app, host, port)
  return {
    address: `http://${inAddress(host)}:${portOf(app)}`,
    async close() {
      closing.abort()
      const patience = setTimeout(() => app.server.closeAllConnections(), settings.closeMs)
      await app.close()
      clearTimeout(patience)
    }
  }
}

/** Letters; what an id may be is for its schema to say. */
const LONGEST_PARAM = 16_384

function newApp({ bodyBytes, headersMs, requestMs, keepAliveMs }: HttpSettings): HttpApp {
  const app = Fastify({
    bodyLimit: bodyBytes,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    http: { headersTimeout: headersMs, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // Keys like __proto__ are refused, not dropped: who sends them is told.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { caseSensitive: true, maxParamLength: LONGEST_PARAM, ignoreTrailingSlash: false }
  })
    .withTypeProvider<ZodTypeProvider>()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler)
  // No route reads text.
  app.removeContentTypeParser('text/plain')
  return app
}

async function listen(app: HttpApp, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port, listenTextResolver: () => '' })
  } catch (cause) {
    await app.close()
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'EADDRINUSE') {
      throw new StudioError('address-in-use', `Another program listens at ${host}, port ${port}.`, { cause })
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') {
      throw new StudioError('option-invalid', `The studio cannot listen at ${host}, port ${port}.`, { cause })
    }
    throw cause
  }
}

function portOf(app: HttpApp): number {
  const at: AddressInfo | string | null = app.server.address()
  if (at === null || typeof at === 'string') throw new StudioError('internal', 'The server listens at no port.')
  return at.port
}
