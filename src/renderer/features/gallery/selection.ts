export interface Selection {
  readonly selected: readonly string[]
  readonly current: string
}

interface Chosen {
  readonly ids: readonly string[]
  readonly at: number
  /** Shift: everything from the current one to here. */
  readonly extend: boolean
  /** Ctrl or ⌘: this one besides the others, or no longer. */
  readonly toggle: boolean
}

/** What is selected after a cell was clicked or reached by a key, as every list of files does it. */
export function select(
  before: { selected: readonly string[]; current: string | null },
  chosen: Chosen
): Selection | null {
  const { ids, at, extend, toggle } = chosen
  const id = ids[at]
  if (id === undefined) return null
  if (toggle) {
    const without = before.selected.filter((each) => each !== id)
    const selected = without.length === before.selected.length ? [...without, id] : without
    return { selected, current: id }
  }
  const anchor = before.current === null ? -1 : ids.indexOf(before.selected[0] ?? before.current)
  if (!extend || anchor < 0) return { selected: [id], current: id }
  const range = ids.slice(Math.min(anchor, at), Math.max(anchor, at) + 1)
  // The anchor stays first, so that the range can be drawn again from it.
  return { selected: anchor <= at ? range : range.toReversed(), current: id }
}
