import { collectDefaultMetrics, Histogram, type Registry } from 'prom-client'
import type { HttpApp } from '../http-routes.ts'
import { whenOver } from '../when-over.ts'

/** Seconds; from a status read to an upload over a slow network. */
const REQUEST_BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60]

/** Measures every request, and the process itself. */
export function measureRequests(app: HttpApp, registry: Registry): void {
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const requests = new Histogram({
    name: 'apex_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers
  })
  whenOver(app, ({ request: { method, routeOptions }, reply: { statusCode: status }, ms }) => {
    // Never the address as it was sent: each would be a series of its own.
    requests.observe({ method, route: routeOptions.url ?? 'unknown', status }, ms / 1000)
  })
}
