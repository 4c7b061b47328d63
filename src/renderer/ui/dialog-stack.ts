import { create } from 'zustand'

interface DialogStack {
  /** The content of each dialog that stands open, the topmost last. */
  readonly dialogs: readonly HTMLElement[]
  /** To be called with the content of a dialog when it appears; what it returns, when it goes. */
  appeared(content: HTMLElement): () => void
}

/** A dialog keeps the focus within itself and hides all else from readers: what must be reached meanwhile goes into it. */
export const useDialogStack = create<DialogStack>()((set) => ({
  dialogs: [],
  appeared(content) {
    set(({ dialogs }) => ({ dialogs: [...dialogs, content] }))
    return () => set(({ dialogs }) => ({ dialogs: dialogs.filter((each) => each !== content) }))
  }
}))

/** A React ref for the content of a dialog. */
export function dialogRef(content: HTMLElement | null): (() => void) | undefined {
  return content ? useDialogStack.getState().appeared(content) : undefined
}
