import { useEffect, useState } from 'react'
import type { Preset } from '../../../domain/preset.ts'
import { useClient } from '../../state/mirror-context.ts'

/** The presets, read again when main says that they changed. */
export function usePresets(): readonly Preset[] {
  const client = useClient()
  const [presets, setPresets] = useState<readonly Preset[]>([])
  useEffect(() => {
    let current = true
    const read = () =>
      client.call('presets.list', {}).then(
        (list) => current && setPresets(list.presets),
        // They are a convenience: without them the panel works all the same.
        () => undefined
      )
    void read()
    const stops = [
      client.subscribe('presets.changed', () => void read()),
      client.subscribe('connection.changed', ({ missed }) => missed && void read())
    ]
    return () => {
      current = false
      for (const stop of stops) stop()
    }
  }, [client])
  return presets
}
