import type { Job } from '../../domain/job.ts'
import type { Step } from '../../domain/progress.ts'
import type { Studio } from '../studio.ts'
import type { Terminal } from './terminal.ts'

const STEP_WORDS: Readonly<Record<Step, string>> = {
  inspect: 'Reading photo',
  brief: 'Writing brief',
  generate: 'Generating',
  judge: 'Judging',
  tune: 'Tuning the brief',
  finish: 'Finishing',
  report: 'Writing report'
}

const MS_PER_SECOND = 1000

/** Shows the steps of the named jobs until each has ended; resolves to them in the same order. */
export async function watchJobs(
  studio: Studio,
  ids: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
  onEnded: (job: Job) => Promise<void>
): Promise<Job[]> {
  const mine = new Set(ids)
  const unsubscribe = studio.manager.onProgress((event) => {
    if (!mine.has(event.jobId)) return
    const attempt = event.attempt === null ? '' : `attempt ${event.attempt}: `
    const share = event.progress ? ` ${Math.round((100 * event.progress.done) / event.progress.total)} %` : ''
    const left = event.leftMs === null ? '' : ` · about ${Math.ceil(event.leftMs / MS_PER_SECOND)} s left`
    const name = ids.length > 1 ? `${event.name}: ` : ''
    terminal.status(`${name}${attempt}${STEP_WORDS[event.step]}${share}${left}`)
  })
  const unsubscribeWaits = studio.manager.onChanged((job) => {
    if (mine.has(job._id) && job.waiting) terminal.status(`Waiting: ${job.waiting.error.message}`)
  })
  let lastTrouble = ''
  const unsubscribeTrouble = studio.manager.onTrouble((error) => {
    // Told once, though a store that is away is asked again every few seconds.
    if (error.message !== lastTrouble) terminal.failure(error)
    lastTrouble = error.message
  })
  try {
    return await Promise.all(
      ids.map(async (id) => {
        const job = await studio.manager.wait(id, signal)
        await onEnded(job)
        return job
      })
    )
  } finally {
    unsubscribe()
    unsubscribeWaits()
    unsubscribeTrouble()
  }
}
