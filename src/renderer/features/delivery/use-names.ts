import { useEffect, useState } from 'react'
import type { ExportPreset } from '../../../domain/delivery/export-preset.ts'
import { useClient } from '../../state/mirror-context.ts'

const CALM_MS = 200
/** Names are shown of as many; the rest follow the same template. */
const SHOWN = 200

/** What the files would be called. */
export function useNames(
  jobIds: readonly string[],
  preset: ExportPreset | undefined,
  folder: string | null
): { readonly names: readonly string[]; readonly problem: string | null } {
  const client = useClient()
  const [told, setTold] = useState<{ names: readonly string[]; problem: string | null }>({ names: [], problem: null })
  const key = jobIds.slice(0, SHOWN).join(' ')
  useEffect(() => {
    if (!preset || key === '') return
    let current = true
    const timer = setTimeout(() => {
      const items = key.split(' ').map((jobId) => ({ jobId }))
      client.call('delivery.previewNames', { items, preset, folder }).then(
        ({ names }) => current && setTold({ names, problem: null }),
        (thrown: unknown) => current && setTold({ names: [], problem: thrown instanceof Error ? thrown.message : '' })
      )
    }, CALM_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, key, preset, folder])
  return key === '' ? { names: [], problem: null } : told
}
