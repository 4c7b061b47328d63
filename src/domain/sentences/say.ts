import { type BlanksOf, PHRASES, SENTENCES } from './sentences.ts'

const TEXTS = { ...SENTENCES, ...PHRASES }
export type TextId = keyof typeof TEXTS

/** What fills the blanks of a text: nothing where it has none. */
type Fillings<Id extends TextId> = [BlanksOf<(typeof TEXTS)[Id]>] extends [never]
  ? []
  : [Readonly<Record<BlanksOf<(typeof TEXTS)[Id]>, string | number>>]

const BLANK = /\{\{(\w+)\}\}/g

/** A text with its blanks filled; a blank that is not named stays as it is. */
export function filled(text: string, blanks: Readonly<Record<string, string | number>>): string {
  return text.replace(BLANK, (blank, name: string) => String(blanks[name] ?? blank))
}

/** A sentence, or a phrase to be put into one, in English. */
export function say<Id extends TextId>(id: Id, ...[blanks]: Fillings<Id>): string {
  return blanks === undefined ? TEXTS[id] : filled(TEXTS[id], blanks)
}
