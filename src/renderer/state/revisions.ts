interface Revised {
  readonly _id: string
  readonly revision: number
}

/**
 * What is known after hearing of changes: of each thing the one of highest revision, so that changes may come twice and
 * in any order. The same map where nothing is new.
 */
export function withChanges<T extends Revised>(
  known: ReadonlyMap<string, T>,
  changed: readonly T[],
  removed: readonly string[] = []
): ReadonlyMap<string, T> {
  const newer = newestOf(changed).filter((each) => (known.get(each._id)?.revision ?? -1) < each.revision)
  const gone = removed.filter((id) => known.has(id))
  if (newer.length === 0 && gone.length === 0) return known
  const next = new Map(known)
  for (const each of newer) next.set(each._id, each)
  for (const id of gone) next.delete(id)
  return next
}

/** Of each thing the one of highest revision: one burst of changes may tell of it twice. */
export function newestOf<T extends Revised>(changed: readonly T[]): readonly T[] {
  const newest = new Map<string, T>()
  for (const each of changed) {
    if ((newest.get(each._id)?.revision ?? -1) < each.revision) newest.set(each._id, each)
  }
  return [...newest.values()]
}
