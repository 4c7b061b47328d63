import { useCallback, useEffect, useState } from 'react'
import type { ExportPreset } from '../../../domain/delivery/export-preset.ts'
import { useTold } from '../../language/told.ts'
import { useClient } from '../../state/mirror-context.ts'

export type ListedPreset = ExportPreset & { readonly builtIn: boolean }

/** The built-in export presets and those that were saved. */
export function useExportPresets(): readonly [readonly ListedPreset[], () => Promise<void>] {
  const client = useClient()
  const [presets, setPresets] = useState<readonly ListedPreset[]>([])
  const read = useCallback(
    () =>
      client.call('delivery.presets', {}).then(
        (list) => setPresets(list.presets),
        // Without them the screen says so by having none to choose.
        () => undefined
      ),
    [client]
  )
  useEffect(() => {
    void read()
    return client.subscribe('presets.changed', () => void read())
  }, [client, read])
  const told = useTold()
  return [presets.map((preset) => (preset.builtIn ? { ...preset, name: told(preset.name) } : preset)), read]
}
