import { create } from 'zustand'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly hint?: string | undefined
  /** Takes back what the toast tells of. */
  readonly undo?: (() => void | Promise<void>) | undefined
}

interface ToastsState {
  readonly toasts: readonly Toast[]
  show(toast: Omit<Toast, 'id'>): void
  dismiss(id: number): void
  /** Takes back the latest thing that can be taken back; false when there is none. */
  undoLatest(): boolean
}

let lastId = 0

export const useToasts = create<ToastsState>()((set, get) => ({
  toasts: [],
  show: (toast) => {
    lastId += 1
    const id = lastId
    set(({ toasts }) => ({ toasts: [...toasts.slice(-3), { ...toast, id }] }))
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) })),
  undoLatest: () => {
    const latest = get().toasts.findLast((toast) => toast.undo)
    if (!latest) return false
    get().dismiss(latest.id)
    void latest.undo?.()
    return true
  }
}))
