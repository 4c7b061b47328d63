import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Swatch } from '../../../contract/studio/studio-calls.ts'
import { useMirror } from '../../state/mirror-context.ts'
import type { SwatchOrder } from '../../state/swatches-store.ts'

/** Pictures of the sample are not pressing: the window comes first, and a photo that is on its way. */
const SAMPLE_PAUSE_MS = 1_500

/** The pictures of a picker, as they are made. */
export function useSwatches(order: SwatchOrder): ReadonlyMap<string, Swatch> {
  const { swatches } = useMirror()
  useStore(swatches.store)
  const { photoId, of, background, lighting, backdrop } = order
  const ids = order.ids.join(' ')
  useEffect(() => {
    if (ids === '') return
    const stop = new AbortController()
    const wanted = {
      photoId,
      of,
      ids: ids.split(' '),
      ...(background !== undefined && { background }),
      ...(lighting !== undefined && { lighting }),
      ...(backdrop && { backdrop })
    }
    // Without its picture a choice still has its name: nothing is lost by a swatch that cannot be made.
    const render = () => void swatches.render(wanted, stop.signal).catch(() => undefined)
    const timer = setTimeout(render, photoId === null ? SAMPLE_PAUSE_MS : 0)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [swatches, photoId, of, ids, background, lighting, backdrop])
  return swatches.of(order)
}
