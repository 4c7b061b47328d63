import type { AddressInfo } from 'node:net'
import accepts from '@fastify/accepts'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { Registry } from 'prom-client'
import { StudioError } from '../../domain/errors.ts'
import type { Log } from '../logs/log.ts'
import { answerInProblems } from './answer-in-problems.ts'
import { answerBrokenRequest } from './broken-request.ts'
import type { AccessControl } from './guard/access.ts'
import { guardRequests } from './guard/guard-requests.ts'
import { inAddress, isLoopback } from './guard/network-names.ts'
import { limitRates } from './guard/rate-limit.ts'
import { siteGuard } from './guard/site-guard.ts'
import type { HttpApp } from './http-routes.ts'
import { HTTP_SETTINGS, type HttpSettings, REMOTE_REQUESTS_PER_MINUTE } from './http-settings.ts'
import { logRequests } from './log-requests.ts'
import { measureRequests } from './metrics/request-metrics.ts'
import { type ApiDescription, describeApi } from './openapi/describe-api.ts'
import { refuseOtherMethods } from './other-methods.ts'

export interface GuardedServerOptions {
  /** Address or name to listen at. */
  readonly host: string
  /** 0 takes any that is free. */
  readonly port: number
  /** Further names that this server is called by, e.g. behind a proxy. */
  readonly allowedHosts?: readonly string[]
  readonly settings?: Partial<HttpSettings>
  readonly access: AccessControl
  readonly description: ApiDescription
  readonly log: Log
  /** Told of every failure that is the studio's own. */
  readonly onFault?: (error: StudioError) => void
}

export interface HttpServer {
  /** e.g. http://127.0.0.1:8001 */
  readonly address: string
  /** Takes no more requests, ends streams, and waits a while for what is at work. */
  close(): Promise<void>
}

/** What the routes of a server are made from, whatever it serves. */
export interface GuardedParts {
  readonly settings: HttpSettings
  /** What Prometheus reads; requests are measured already. */
  readonly registry: Registry
  /** Raised when the server closes: ends what would never end by itself, e.g. a stream of events. */
  readonly closing: AbortSignal
}

/** Registers routes of one area. What they throw becomes a problem document. */
export type RegisterRoutes<P> = (app: HttpApp, parts: P) => void | Promise<void>

/** A server that does not listen yet: what it serves is added to it. */
export interface ServerInTheMaking extends GuardedParts {
  readonly app: HttpApp
  add(routes: RegisterRoutes<GuardedParts>): Promise<void>
}

/**
 * An HTTP server in plain Node that looks at every request before anything of it is read, measures and logs it, describes
 * itself, and answers mistakes in problem documents. It listens when the promise resolves.
 * @throws StudioError `address-in-use`, `option-invalid` where it cannot listen.
 */
export async function guardedServer(
  options: GuardedServerOptions,
  register: (server: ServerInTheMaking) => Promise<void>
): Promise<HttpServer> {
  const { host, port, allowedHosts = [], access, onFault = () => undefined } = options
  const settings: HttpSettings = { ...HTTP_SETTINGS, ...options.settings }
  const registry = new Registry()
  const closing = new AbortController()
  const app = newApp(settings)
  logRequests(app, options.log)
  measureRequests(app, registry)
  guardRequests(app, access, siteGuard(host, allowedHosts))
  answerInProblems(app, onFault)
  await app.register(accepts)
  await describeApi(app, options.description)
  const perMinute = settings.requestsPerMinute ?? (isLoopback(host) ? 0 : REMOTE_REQUESTS_PER_MINUTE)
  if (perMinute > 0) await limitRates(app, perMinute)
  const parts: GuardedParts = { settings, registry, closing: closing.signal }
  const seen = refuseOtherMethods(app)
  await register({
    ...parts,
    app,
    async add(routes) {
      await app.register(async (scope) => await routes(scope.withTypeProvider<ZodTypeProvider>(), parts))
    }
  })
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
    // A request without Host is answered by the site guard, like every other with a problem document.
    http: { headersTimeout: headersMs, connectionsCheckingInterval: 1_000, requireHostHeader: false },
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
