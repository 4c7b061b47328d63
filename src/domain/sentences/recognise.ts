import { PHRASES, type PhraseId, SENTENCES, type SentenceId } from './sentences.ts'

/** A text that `say` has made, taken apart again. */
export interface Said<Id = SentenceId> {
  readonly id: Id
  readonly blanks: Readonly<Record<string, string>>
}

interface Pattern<Id> {
  readonly id: Id
  readonly expression: RegExp
}

/** Blanks that hold a figure with its unit: anything else in their place makes it another text. */
const FIGURES: ReadonlySet<string> = new Set(['value', 'was', 'min', 'max', 'count', 'given', 'pixels', 'share'])
const FIGURE = String.raw`-?\d\S*(?: [^\s,.;]+){0,2}?`
/** Not beyond the end of a sentence. */
const WORDS = '(?:(?![.?!] ).)+?'

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const literalLength = (text: string) => text.replace(/\{\{\w+\}\}/g, '').length

/** The more of a text is given, the earlier it is tried: one that ends sooner may begin in the same way. */
function patternsOf<Id extends string>(texts: Readonly<Record<Id, string>>, end: string): readonly Pattern<Id>[] {
  const entries: [Id, string][] = []
  for (const id in texts) entries.push([id, texts[id]])
  return entries
    .sort(([, a], [, b]) => literalLength(b) - literalLength(a))
    .map(([id, text]) => {
      const source = text
        .split(/(\{\{\w+\}\})/)
        .map((part) => {
          const name = /^\{\{(\w+)\}\}$/.exec(part)?.[1]
          return name === undefined ? escaped(part) : `(?<${name}>${FIGURES.has(name) ? FIGURE : WORDS})`
        })
        .join('')
      return { id, expression: new RegExp(`${source}${end}`, 'suy') }
    })
}

const sentences = patternsOf<SentenceId>(SENTENCES, String.raw`(?=\s|$)`)
const phrases = patternsOf<PhraseId>(PHRASES, '$')

function matchAt<Id>(patterns: readonly Pattern<Id>[], text: string, at: number) {
  for (const { id, expression } of patterns) {
    expression.lastIndex = at
    const match = expression.exec(text)
    if (match) return { said: { id, blanks: { ...match.groups } }, end: expression.lastIndex }
  }
  return null
}

/** The sentences of a text in their order; a string is one that is not of the studio's own. */
export function recognise(text: string): readonly (Said | string)[] {
  const parts: (Said | string)[] = []
  let at = 0
  while (at < text.length) {
    const found = matchAt(sentences, text, at)
    if (found) {
      parts.push(found.said)
      at = found.end
    } else {
      const rest = text.slice(at)
      const foreign = /^.*?[.!?](?=\s)/su.exec(rest)?.[0] ?? rest
      parts.push(foreign)
      at += foreign.length
    }
    at += /^\s*/u.exec(text.slice(at))?.[0].length ?? 0
  }
  return parts
}

/** The phrase that stands in a blank; null where it is none. */
export function recognisePhrase(text: string): Said<PhraseId> | null {
  return matchAt(phrases, text, 0)?.said ?? null
}
