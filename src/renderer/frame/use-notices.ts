import { useEffect } from 'react'
import { useClient } from '../state/mirror-context.ts'
import { useView } from '../state/view.ts'
import { useToasts } from '../ui/toasts.ts'

/** What the studio tells by itself. A job's end is seen in the gallery and told by the system; it needs no toast. */
const SEEN_ANYWAY: ReadonlySet<string> = new Set(['job-completed', 'queue-empty'])

export function useNotices(): void {
  const client = useClient()
  const show = useToasts((toasts) => toasts.show)
  useEffect(
    () =>
      client.subscribe('notice', ({ code, message, hint, jobId }) => {
        const { single, mode, jobId: shown } = useView.getState()
        const onScreen = jobId !== null && single && mode === 'gallery' && jobId === shown
        if (!SEEN_ANYWAY.has(code) && !onScreen) show({ text: message, hint: hint ?? undefined })
      }),
    [client, show]
  )
}
