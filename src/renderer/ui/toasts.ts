import { create } from 'zustand'

/** Does again what was taken back; nothing where that cannot be. */
type Redo = () => unknown
type Undo = () => Promise<Redo | undefined>

export interface Toast {
  readonly id: number
  readonly text: string
  readonly hint?: string | undefined
  /** Takes back what the toast tells of, and resolves to what does it again. */
  readonly undo?: Undo | undefined
}

/** Things taken back that can be done again. */
const MOST_REDONE = 20

interface ToastsState {
  readonly toasts: readonly Toast[]
  /** What was taken back, the latest last; a new action that can be undone makes it past. */
  readonly undone: readonly Redo[]
  show(toast: Omit<Toast, 'id'>): void
  dismiss(id: number): void
  undo(id: number): Promise<void>
  /** Takes back the latest thing that can be taken back; false when there is none. */
  undoLatest(): boolean
  /** Does again what was taken back last; false when there is nothing. */
  redoLatest(): boolean
}

let lastId = 0
/** What is done again tells so as it did at first, and makes nothing past. */
let redoing = 0

export const useToasts = create<ToastsState>()((set, get) => ({
  toasts: [],
  undone: [],
  show: (toast) => {
    lastId += 1
    const id = lastId
    set(({ toasts, undone }) => ({
      toasts: [...toasts.slice(-3), { ...toast, id }],
      undone: toast.undo && redoing === 0 ? [] : undone
    }))
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) })),
  async undo(id) {
    const toast = get().toasts.find((each) => each.id === id)
    get().dismiss(id)
    const redo = await toast?.undo?.()
    if (redo) set(({ undone }) => ({ undone: [...undone, redo].slice(-MOST_REDONE) }))
  },
  undoLatest: () => {
    const latest = get().toasts.findLast((toast) => toast.undo)
    if (!latest) return false
    void get().undo(latest.id)
    return true
  },
  redoLatest: () => {
    const { undone } = get()
    const latest = undone.at(-1)
    if (!latest) return false
    set({ undone: undone.slice(0, -1) })
    redoing += 1
    const over = () => {
      redoing -= 1
    }
    void Promise.resolve(latest()).then(over, over)
    return true
  }
}))
