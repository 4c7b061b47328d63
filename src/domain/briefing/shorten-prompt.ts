import { PARAMETER_NAMES, type Parameters } from '../parameters/parameters.ts'
import { clientsNotes } from '../rules/prompt.ts'
import { wordsOf } from '../rules/prompt-phrases.ts'
import { KEEPS, mentions } from './check-prompt.ts'
import { sentencesOf } from './prompt-words.ts'

/** What stays whatever happens. */
export interface ShortenedFor {
  readonly parameters: Parameters
  /** Sentences that the next attempt is made for. */
  readonly repairs: readonly string[]
  /** Sentences that attempts before were made for: these go after those of craft. */
  readonly earlier: readonly string[]
}

interface Parts {
  /** What is to be made. */
  readonly order: readonly string[]
  /** The client's, as they were given. */
  readonly notes: string
  /** What stands behind them. */
  readonly added: readonly string[]
}

/** Share of the notes' words that go at once. */
const CUT = 1 / 4

/**
 * A prompt without what can be spared, until it is short enough: sentences of craft, the last ones first; what earlier
 * attempts were told; the end of the client's notes. Parameters, what to keep and new repairs stay, so that it may come
 * out too long all the same where the order's own words leave no room.
 */
export async function shortenPrompt(
  prompt: string,
  what: ShortenedFor,
  isTooLong: (prompt: string) => Promise<boolean>
): Promise<string> {
  let parts = partsOf(prompt, what.parameters)
  while (await isTooLong(joined(parts))) {
    const shorter = withoutOne(parts, what)
    if (shorter === null) break
    parts = shorter
  }
  return joined(parts)
}

function partsOf(prompt: string, { notes }: Parameters): Parts {
  const block = clientsNotes(notes)
  const at = notes === '' ? -1 : prompt.indexOf(block)
  if (at < 0) return { order: sentencesOf(prompt), notes: '', added: [] }
  return {
    order: sentencesOf(prompt.slice(0, at)),
    notes,
    added: sentencesOf(prompt.slice(at + block.length))
  }
}

function joined({ order, notes, added }: Parts): string {
  return [...order, ...(notes === '' ? [] : [clientsNotes(notes)]), ...added].join(' ')
}

/** Null where nothing is left that can be spared. */
function withoutOne(parts: Parts, { parameters, repairs, earlier }: ShortenedFor): Parts | null {
  const { order, notes } = parts
  const isOf = (texts: readonly string[], sentence: string) => texts.some((text) => text.includes(sentence))
  const spared = order.findLastIndex(
    (sentence, at) => !isOf([...repairs, ...earlier], sentence) && !isNeeded(order, at, parameters)
  )
  if (spared >= 0) return { ...parts, order: order.toSpliced(spared, 1) }
  for (const part of ['order', 'added'] as const) {
    const old = parts[part].findIndex((sentence) => isOf(earlier, sentence) && !isOf(repairs, sentence))
    if (old >= 0) return { ...parts, [part]: parts[part].toSpliced(old, 1) }
  }
  const words = notes.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return null
  return { ...parts, notes: words.slice(0, Math.floor(words.length * (1 - CUT))).join(' ') }
}

/** Whether a parameter, or what to keep, is said in no other sentence. */
function isNeeded(order: readonly string[], at: number, parameters: Parameters): boolean {
  const whole = order.join(' ')
  const rest = order.toSpliced(at, 1).join(' ')
  const says = (phrase: string) => mentions(whole, phrase) && !mentions(rest, phrase)
  return (KEEPS.test(whole) && !KEEPS.test(rest)) || PARAMETER_NAMES.some((name) => says(wordsOf(name, parameters)))
}
