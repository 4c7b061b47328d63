import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { isEnded } from '../../../domain/job.ts'
import type { Studio } from '../../studio.ts'
import { probeStudio } from '../health/probe-studio.ts'
import type { HttpApp } from '../http-routes.ts'

/** Seconds; from a small portrait of the built-in engine to three attempts of a large model. */
const JOB_BUCKETS = [5, 10, 20, 40, 80, 160, 320, 640]

/** What has been measured, in the words of Prometheus. */
export interface StudioMetrics {
  readonly contentType: string
  read(): Promise<string>
}

/** Measures what becomes of jobs; read by Prometheus at /metrics with what is in the registry already. */
export function measureStudio(app: HttpApp, registry: Registry, studio: Studio): StudioMetrics {
  const registers = [registry]
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
