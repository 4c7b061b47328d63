import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { isEnded } from '../../../domain/job.ts'
import type { Studio } from '../../studio.ts'
import { probeStudio } from '../health/probe-studio.ts'
import type { HttpApp } from '../http-routes.ts'
import { whenOver } from '../when-over.ts'

/** Seconds; from a status read to an upload over a slow network. */
const REQUEST_BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60]
/** Seconds; from a small portrait of the built-in engine to three attempts of a large model. */
const JOB_BUCKETS = [5, 10, 20, 40, 80, 160, 320, 640]

/** What has been measured, in the words of Prometheus. */
export interface StudioMetrics {
  readonly contentType: string
  read(): Promise<string>
}

/** Measures every request and what becomes of jobs; read by Prometheus at /metrics. */
export function measure(app: HttpApp, studio: Studio): StudioMetrics {
  const registry = new Registry()
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

  const ended = new Histogram({
    name: 'apex_job_duration_seconds',
    help: 'Time from the order of a job that this process worked on to its end',
    labelNames: ['status'],
    buckets: JOB_BUCKETS,
    registers
  })
  const attempts = new Counter({
    name: 'apex_attempts_total',
    help: 'Attempts of jobs that have ended in this process',
    labelNames: ['outcome'],
    registers
  })
  const stop = studio.manager.onChanged((job) => {
    if (!isEnded(job.status)) return
    ended.observe({ status: job.status }, (job.updatedAt.getTime() - job.createdAt.getTime()) / 1000)
    for (const { judgement } of job.attempts) attempts.inc({ outcome: judgement?.passed ? 'passed' : 'failed' })
  })
  app.addHook('onClose', async () => stop())

  const look = gaugeQueue(studio, registry)
  return {
    contentType: registry.contentType,
    async read() {
      await look()
      return await registry.metrics()
    }
  }
}

/** Resolves once the gauges show how things are now. */
function gaugeQueue(studio: Studio, registry: Registry): () => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] })
  const up = gauge('apex_database_up', '1 where the database answers')
  const pending = gauge('apex_queue_pending_jobs', 'Jobs that wait in the queue')
  const processing = gauge('apex_queue_processing_jobs', 'Jobs at work')
  const age = gauge('apex_queue_oldest_pending_seconds', 'How long the oldest job that waits has waited')
  const free = gauge('apex_disk_free_bytes', 'Space left on the drive of the studio')
  return async () => {
    const health = await probeStudio(studio)
    up.set(health.database ? 1 : 0)
    pending.set(health.pending)
    processing.set(health.processing)
    age.set((health.queueAgeMs ?? 0) / 1000)
    if (health.freeBytes !== null) free.set(health.freeBytes)
  }
}
