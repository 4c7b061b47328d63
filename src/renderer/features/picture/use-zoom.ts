import { useState } from 'react'
import { useCommand } from '../../keys/use-command.ts'
import { FITTED, type PictureZoom } from './zoom.ts'

/** The view of one or more pictures, with the key that goes to 1:1 and back. Another `subject` is shown whole again. */
export function useZoom(subject: string): [PictureZoom, (zoom: PictureZoom) => void] {
  const [{ of, zoom }, set] = useState({ of: subject, zoom: FITTED })
  const current = of === subject ? zoom : FITTED
  useCommand('zoom', () => set({ of: subject, zoom: current.times === null ? { ...current, times: 1 } : FITTED }))
  return [current, (next) => set({ of: subject, zoom: next })]
}
