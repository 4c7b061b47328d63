import { deserializeError, type StudioError } from '../../domain/errors.ts'
import { isEnded, type Job } from '../../domain/job.ts'
import type { JobManager } from '../jobs/job-manager.ts'
import type { Log } from './log.ts'

/** The same trouble, e.g. a database that is away, is told at most this often, milliseconds. */
const REPEAT_MS = 60_000

interface Told {
  readonly status: Job['status']
  readonly judged: number
  readonly setbacks: number
  readonly waitsFor: string | null
}

/** Writes down what happens to the jobs that this process works on. Names of photos and what people wrote stay out. */
export function logJobs(manager: JobManager, log: Log): () => void {
  const told = new Map<string, Told>()
  const troubles = new Map<string, number>()
  const subscriptions = [
    manager.onChanged((job) => {
      const now = stateOf(job)
      tellChange(job, told.get(job._id), now, log)
      if (isEnded(job.status)) told.delete(job._id)
      else told.set(job._id, now)
    }),
    manager.onProgress(({ jobId, step, attempt, progress }) => {
      if (progress === null) log.info({ jobId, step, attempt }, 'step begins')
    }),
    manager.onPaused((paused) => log.info(paused ? 'the queue is paused' : 'the queue goes on')),
    manager.onTrouble((error) => tellTrouble(error, troubles, log))
  ]
  return () => {
    for (const unsubscribe of subscriptions) unsubscribe()
  }
}

const stateOf = ({ status, attempts, setbacks, waiting }: Job): Told => ({
  status,
  judged: attempts.filter(({ judgement }) => judgement !== null).length,
  setbacks: setbacks.length,
  waitsFor: waiting?.error.message ?? null
})

function tellChange(job: Job, before: Told | undefined, now: Told, log: Log): void {
  const jobId = job._id
  for (const { step, attempt, error } of job.setbacks.slice(before?.setbacks ?? now.setbacks)) {
    log.warn({ jobId, step, attempt, err: deserializeError(error) }, 'an engine failed; the step is tried again')
  }
  for (const { number, judgement } of job.attempts.slice(before?.judged ?? now.judged, now.judged)) {
    if (!judgement) continue
    const failed = judgement.ledger.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
    log.info(
      { jobId, step: 'judge', attempt: number, passed: judgement.passed, score: judgement.score, failed },
      'attempt judged'
    )
  }
  if (job.waiting && now.waitsFor !== before?.waitsFor) {
    log.warn({ jobId, err: deserializeError(job.waiting.error) }, 'the job waits for an engine')
  }
  if (now.status !== before?.status) tellStatus(job, log)
}

function tellStatus({ _id: jobId, status, attempts, error, engines }: Job, log: Log): void {
  const fields = { jobId, status, attempts: attempts.length }
  switch (status) {
    case 'pending':
      log.info(fields, 'job waits in the queue')
      return
    case 'processing':
      log.info({ ...fields, generator: engines?.generator.engine }, 'job is worked on')
      return
    case 'completed':
      log.info(fields, 'job is completed')
      return
    case 'failed':
      log.warn({ ...fields, ...(error ? { err: deserializeError(error) } : {}) }, 'job has failed')
      return
    case 'cancelled':
      log.info(fields, 'job is cancelled')
  }
}

function tellTrouble(error: StudioError, lastTold: Map<string, number>, log: Log): void {
  const now = Date.now()
  for (const [key, at] of lastTold) if (now - at > REPEAT_MS) lastTold.delete(key)
  const key = `${error.code} ${error.message}`
  if (lastTold.has(key)) return
  lastTold.set(key, now)
  log.warn({ err: error }, 'the worker goes on in spite of an error')
}
