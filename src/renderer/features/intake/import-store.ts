import { create } from 'zustand'
import type { TaskProgress } from '../../../contract/studio/client.ts'

export interface RunningImport {
  readonly id: number
  readonly progress: TaskProgress | null
  readonly cancel: () => void
}

interface ImportState {
  readonly imports: readonly RunningImport[]
  begin(cancel: () => void): number
  progress(id: number, progress: TaskProgress): void
  end(id: number): void
}

let lastId = 0

/** Imports that are under way in this window. */
export const useImports = create<ImportState>()((set) => ({
  imports: [],
  begin: (cancel) => {
    lastId += 1
    const id = lastId
    set(({ imports }) => ({ imports: [...imports, { id, progress: null, cancel }] }))
    return id
  },
  progress: (id, progress) =>
    set(({ imports }) => ({ imports: imports.map((each) => (each.id === id ? { ...each, progress } : each)) })),
  end: (id) => set(({ imports }) => ({ imports: imports.filter((each) => each.id !== id) }))
}))
