import type { ModelState } from '../../domain/models/model-state.ts'
import type { ModelManager } from '../models/model-manager.ts'
import type { Terminal } from './terminal.ts'

/** Often enough to be seen moving. */
const EVERY_MS = 200

/** Shows how far each of the models is, in one line, until the function it returns is called. */
export function showModelProgress(models: ModelManager, ids: readonly string[], terminal: Terminal): () => void {
  let shownAt = 0
  const stop = models.onChanged(() => {
    const now = performance.now()
    if (now - shownAt < EVERY_MS) return
    shownAt = now
    const parts = ids.flatMap((id) => {
      const working = models.working(id)
      return working ? [`${id}: ${progressInWords(working)}`] : []
    })
    if (parts.length > 0) terminal.status(parts.join(' · '))
  })
  return stop
}

const MEGABYTE = 1e6

/** e.g. "downloading 41 % of 7840 MB, 23.1 MB/s, 3 min left". */
export function progressInWords({ state, progress }: Pick<ModelState, 'state' | 'progress'>): string {
  if (!progress) return state
  const share = progress.total > 0 ? Math.floor((100 * progress.done) / progress.total) : 100
  const speed = progress.bytesPerSecond === null ? '' : `, ${(progress.bytesPerSecond / MEGABYTE).toFixed(1)} MB/s`
  const left = progress.leftMs === null ? '' : `, ${timeInWords(progress.leftMs)} left`
  return `${state} ${share} % of ${Math.round(progress.total / MEGABYTE)} MB${speed}${left}`
}

function timeInWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
