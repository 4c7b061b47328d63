import { useClient, useOnDesktop } from '../../state/mirror-context.ts'
import { useToasts } from '../../ui/toasts.ts'

/** Tells that a file was written, and where. In a browser it is downloaded: it was written on another machine. */
export function useWritten(): (text: string, path: string) => Promise<void> {
  const client = useClient()
  const onDesktop = useOnDesktop()
  const show = useToasts((toasts) => toasts.show)
  return async (text, path) => {
    if (!onDesktop) await client.call('desktop.showInFolder', { path })
    show({ text, hint: onDesktop ? path : undefined })
  }
}
