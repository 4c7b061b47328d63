import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Swatch } from '../../../contract/studio/studio-calls.ts'
import { useMirror } from '../../state/mirror-context.ts'
import type { SwatchOrder } from '../../state/swatches-store.ts'

/** The pictures of a picker, as they are made. */
export function useSwatches(order: SwatchOrder): ReadonlyMap<string, Swatch> {
  const { swatches } = useMirror()
  useStore(swatches.store)
  const { photoId, of, background, lighting } = order
  const ids = order.ids.join(' ')
  useEffect(() => {
    if (photoId === null) return
    const stop = new AbortController()
    const wanted = {
      photoId,
      of,
      ids: ids.split(' '),
      ...(background !== undefined && { background }),
      ...(lighting !== undefined && { lighting })
    }
    // Without its picture a choice still has its name: nothing is lost by a swatch that cannot be made.
    swatches.render(wanted, stop.signal).catch(() => undefined)
    return () => stop.abort()
  }, [swatches, photoId, of, ids, background, lighting])
  return swatches.of(order)
}
