import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { useDraft } from '../features/parameters/draft-store.ts'
import { useMirror } from '../state/mirror-context.ts'

/** The first order begins with what the settings say, once they are known; later ones with the order before. */
export function useOrderDefaults(): void {
  const { settings } = useMirror()
  const { loaded, settings: known } = useStore(settings.store)
  const use = useDraft((draft) => draft.use)
  const done = useRef(false)
  useEffect(() => {
    if (!loaded || done.current) return
    done.current = true
    use(known.order)
  }, [loaded, known, use])
}
