import type { StudioClient } from '../../contract/studio/client.ts'
import { useView } from '../state/view.ts'
import { useToasts } from '../ui/toasts.ts'

/** A job's end is seen in the gallery and told by the system; it needs no toast. */
const SEEN_ANYWAY: ReadonlySet<string> = new Set(['job-completed', 'queue-empty'])

/** Shows what the studio tells by itself; from the beginning of the page on, which may have been loaded for it. */
export function hearNotices(client: StudioClient): () => void {
  return client.subscribe('notice', ({ code, message, hint, jobId }) => {
    const { single, mode, jobId: shown } = useView.getState()
    const onScreen = jobId !== null && single && mode === 'gallery' && jobId === shown
    if (SEEN_ANYWAY.has(code) || onScreen) return
    useToasts.getState().show({ text: message, hint: hint ?? undefined })
  })
}
