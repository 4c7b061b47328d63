import { type RefCallback, useCallback, useEffect, useRef } from 'react'
import { create } from 'zustand'

interface OpenDialog {
  readonly content: HTMLElement
  readonly close: () => void
}

interface DialogStack {
  /** Each dialog that stands open, the topmost last. */
  readonly dialogs: readonly OpenDialog[]
}

/** A dialog keeps the focus within itself and hides all else from readers: what must be reached meanwhile goes into it. */
export const useDialogStack = create<DialogStack>()(() => ({ dialogs: [] }))

/** For the content of a dialog that this closes. */
export function useDialogRef(close: () => void): RefCallback<HTMLElement> {
  const latest = useRef(close)
  useEffect(() => {
    latest.current = close
  })
  return useCallback((content: HTMLElement | null) => {
    if (!content) return undefined
    const dialog: OpenDialog = { content, close: () => latest.current() }
    useDialogStack.setState(({ dialogs }) => ({ dialogs: [...dialogs, dialog] }))
    return () => useDialogStack.setState(({ dialogs }) => ({ dialogs: dialogs.filter((each) => each !== dialog) }))
  }, [])
}
