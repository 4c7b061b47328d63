import { useState } from 'react'
import type { ExportPreset } from '../../../domain/delivery/export-preset.ts'
import { type ListedPreset, useExportPresets } from './use-export-presets.ts'

export interface DeliveryChoice {
  readonly presets: readonly ListedPreset[]
  /** Those that are written, with the changes made here. */
  readonly chosen: readonly ExportPreset[]
  readonly edited: ExportPreset | undefined
  readonly editedBuiltIn: boolean
  readonly choose: (id: string, on: boolean) => void
  readonly edit: (id: string) => void
  readonly change: (preset: ExportPreset) => void
  readonly reload: () => Promise<void>
}

/** Which presets are written, and what was changed of them for this time. */
export function useDeliveryChoice(): DeliveryChoice {
  const [presets, reload] = useExportPresets()
  const [ids, setIds] = useState<readonly string[] | null>(null)
  const [editedId, setEditedId] = useState<string | null>(null)
  const [changes, setChanges] = useState<ReadonlyMap<string, ExportPreset>>(new Map())
  const chosenIds = ids ?? presets.slice(0, 1).map((preset) => preset._id)
  const withChanges = ({ builtIn: _, ...preset }: ListedPreset): ExportPreset => changes.get(preset._id) ?? preset
  const listed = presets.find((preset) => preset._id === (editedId ?? chosenIds[0]))
  return {
    presets,
    chosen: presets.filter((preset) => chosenIds.includes(preset._id)).map(withChanges),
    edited: listed && withChanges(listed),
    editedBuiltIn: listed?.builtIn ?? false,
    choose: (id, on) => setIds(on ? [...chosenIds, id] : chosenIds.filter((each) => each !== id)),
    edit: setEditedId,
    change: (preset) => setChanges(new Map(changes).set(preset._id, preset)),
    reload: async () => {
      await reload()
      setChanges(new Map())
    }
  }
}
