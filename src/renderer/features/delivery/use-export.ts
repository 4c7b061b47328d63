import { useRef, useState } from 'react'
import type { TaskProgress } from '../../../contract/studio/client.ts'
import type { ExportPreset } from '../../../domain/delivery/export-preset.ts'
import type { ExportResult } from '../../../domain/delivery/export-request.ts'
import { useClient, useOnDesktop } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'

export interface Exporting {
  readonly running: { readonly progress: TaskProgress | null } | null
  readonly result: ExportResult | null
  readonly start: (jobIds: readonly string[], presets: readonly ExportPreset[], folder: string) => Promise<void>
  readonly cancel: () => void
  readonly dismiss: () => void
}

export function useExport(): Exporting {
  const client = useClient()
  const onDesktop = useOnDesktop()
  const doing = useDoing()
  const stop = useRef<AbortController>(undefined)
  const [running, setRunning] = useState<Exporting['running']>(null)
  const [result, setResult] = useState<ExportResult | null>(null)
  return {
    running,
    result,
    async start(jobIds, presets, folder) {
      stop.current = new AbortController()
      setRunning({ progress: null })
      setResult(null)
      const written = await doing(() =>
        client.call(
          'delivery.export',
          { items: jobIds.map((jobId) => ({ jobId })), presets: [...presets], folder },
          {
            ...(stop.current && { signal: stop.current.signal }),
            onProgress: (progress) => setRunning({ progress })
          }
        )
      )
      setRunning(null)
      setResult(written ?? null)
      if (written && written.written.length > 0 && !onDesktop) {
        await doing(() => client.call('desktop.showInFolder', { path: folder }))
      }
    },
    cancel: () => stop.current?.abort(),
    dismiss: () => setResult(null)
  }
}
