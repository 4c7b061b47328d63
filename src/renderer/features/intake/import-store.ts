import { create } from 'zustand'
import type { TaskProgress } from '../../../contract/studio/client.ts'

export interface RunningImport {
  readonly id: number
  readonly progress: TaskProgress | null
  readonly cancel: () => void
}

interface ImportState {
  readonly imports: readonly RunningImport[]
}

let lastId = 0

/** Imports that are under way in this window. */
export const useImports = create<ImportState>()(() => ({ imports: [] }))

/** One import and its row, which is there from `show` or the first progress on. */
export function importRow() {
  lastId += 1
  const id = lastId
  const stop = new AbortController()
  const put = (progress: TaskProgress | null) =>
    useImports.setState(({ imports }) => {
      const row = { id, progress, cancel: () => stop.abort() }
      const isThere = imports.some((each) => each.id === id)
      return { imports: isThere ? imports.map((each) => (each.id === id ? row : each)) : [...imports, row] }
    })
  return {
    signal: stop.signal,
    show: () => put(null),
    progress: (progress: TaskProgress) => put(progress),
    end: () => useImports.setState(({ imports }) => ({ imports: imports.filter((each) => each.id !== id) }))
  }
}
