/** What the built-in engine, which keeps the real pixels of the person, can do for a choice. */
export type BuiltInSupport = 'full' | 'partial' | 'none'

/** One choice of one parameter. */
export interface CatalogueEntry {
  /** Stable, snake_case; what REST clients send and the store keeps. */
  readonly id: string
  readonly label: string
  /** Written into prompts: a noun phrase that continues "a portrait with …". */
  readonly prompt: string
  readonly builtIn: { readonly support: BuiltInSupport; readonly does: string }
  /** Other spellings that mean this choice, e.g. the seed system's. */
  readonly aliases?: readonly string[]
}

const fold = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** The entry a user's word means, by id, label or alias, whatever its case and separators. */
export function findEntry<E extends CatalogueEntry>(entries: readonly E[], word: string): E | undefined {
  const wanted = fold(word)
  return entries.find((entry) =>
    [entry.id, entry.label, ...(entry.aliases ?? [])].some((name) => fold(name) === wanted)
  )
}
