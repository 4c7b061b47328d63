import type { Log } from '../logs/log.ts'
import type { HttpApp } from './http-routes.ts'
import { whenOver } from './when-over.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * One line for each request once it is over: what was changed or refused at `info`, what was merely read at `debug`, for
 * pages and monitors read without end. Never the address as it was sent: it may hold what somebody searched for or a secret.
 */
export function logRequests(app: HttpApp, log: Log): void {
  whenOver(app, ({ request: { method, routeOptions, caller }, reply: { statusCode: status }, ms, isCut }) => {
    const level = READING.has(method) && status < 400 ? 'debug' : 'info'
    const route = routeOptions.url ?? 'unknown'
    log[level](
      { method, route, status, ms: Math.round(ms), caller: caller?.id ?? null, ...(isCut && { cut: true }) },
      'request'
    )
  })
}
