import type { Criterion } from '../../domain/criterion.ts'
import { deserializeError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { JobProgress } from '../jobs/job-events.ts'
import type { Studio } from '../studio.ts'
import type { TellEvent } from './event-hub.ts'
import type { JobFeed } from './job-feed.ts'
import { FormingPictures } from './media/forming-pictures.ts'
import type { MediaFiles } from './media/media-files.ts'
import type { Notices } from './notices.ts'
import type { QueueWatch } from './queue-state.ts'

export interface RelayOptions {
  readonly studio: Pick<Studio, 'manager'>
  readonly queue: QueueWatch
  readonly feed: JobFeed
  readonly notices: Notices
  readonly media: MediaFiles
  readonly tell: TellEvent
  readonly tellQueue: () => Promise<void>
}

/** Passes on what this process's own manager tells; returns what ends it. */
export function relayJobs({ studio, queue, feed, notices, media, tell, tellQueue }: RelayOptions): (() => void)[] {
  const { manager } = studio
  const setbacks = new Map<string, number>()
  /** Rows measured so far of the attempt each job is at. */
  const ledgers = new Map<string, { readonly attempt: number | null; readonly rows: Criterion[] }>()

  /** What was told last of each job that runs. */
  const newest = new Map<string, JobProgress>()
  const forming = new FormingPictures(media)

  function tellProgress(told: JobProgress): void {
    const { jobId, step, attempt, progress, stepLeftMs, leftMs } = told
    tell('job.progress', {
      jobId,
      step,
      attempt,
      activity: progress?.activity ?? null,
      done: progress?.done ?? 0,
      total: progress?.total ?? 1,
      stepLeftMs,
      leftMs,
      ledger: ledgerOf(told),
      preview: forming.keyOf(told)
    })
  }

  function tellSetbacks(job: Job): void {
    const told = setbacks.get(job._id) ?? job.setbacks.length
    setbacks.set(job._id, job.setbacks.length)
    for (const { error } of job.setbacks.slice(told)) notices.sayError(deserializeError(error), 'warning', job._id)
  }

  function ledgerOf({ jobId, step, attempt, progress }: JobProgress): Criterion[] {
    if (step === 'judge' && progress?.ledger) ledgers.set(jobId, { attempt, rows: progress.ledger })
    const known = ledgers.get(jobId)
    return known && known.attempt === attempt ? known.rows : []
  }

  return [
    manager.onChanged((job) => {
      tellSetbacks(job)
      feed.nudge()
      if (job.status === 'completed' || job.status === 'failed') {
        setbacks.delete(job._id)
        ledgers.delete(job._id)
        newest.delete(job._id)
        forming.forget(job._id)
        notices.say({
          level: job.status === 'completed' ? 'info' : 'warning',
          code: `job-${job.status}`,
          message: job.report?.summary ?? job.error?.message ?? '',
          jobId: job._id
        })
      }
    }),
    manager.onProgress((told) => {
      queue.note(told)
      newest.set(told.jobId, told)
      tellProgress(told)
      forming.take(told, () => {
        const last = newest.get(told.jobId)
        if (last && last.step === told.step && last.attempt === told.attempt) tellProgress(last)
      })
    }),
    manager.onPaused(() => void tellQueue().catch(() => undefined)),
    manager.onTrouble((error) => notices.sayError(error))
  ]
}
