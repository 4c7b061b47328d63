import { Matrix } from './matrix.ts'
import type { AnswerPart, TinyVlm } from './tiny-vlm.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What follows a token for certain. */
export const CERTAIN = 40
/** Words that the prompt has beat those that are said otherwise. */
const COPIED = 20
/** Of several that the prompt has the first wins. */
const FIRST = 0.1
/** Between two by the picture: a hundredth of a colour beyond its limit decides. */
const SEEN = 1_000

export type Look = Extract<AnswerPart, { readonly seen: unknown }>

/** Weights that make a model say its answers; named as in `TinyWeights`. */
export interface AnswerWeights {
  readonly follows: Matrix
  readonly copies: Matrix
  readonly heard: Matrix
  readonly begins: Matrix
  readonly looksAt: Matrix
  readonly shows: Matrix
  /** In the order of their columns, which stand after those of the sights. */
  readonly looks: readonly Look[]
}

export function answerWeights(
  model: TinyVlm,
  { size, id, idsOfWord, end: theEnd }: Vocabulary,
  hidden: number
): AnswerWeights {
  const looks = looksOf(model.answers.flatMap(({ parts }) => parts))
  const firstLook = model.sights.length
  const follows = new Matrix(hidden, size)
  const copies = new Matrix(hidden, size)
  const heard = new Matrix(hidden, size)
  const begins = new Matrix(hidden, size)
  const looksAt = new Matrix(hidden, firstLook + looks.length)
  const shows = new Matrix(firstLook + looks.length, size)

  /** `from`: tokens that the parts follow; `end`: the one after the last part. */
  function link(from: readonly number[], [part, ...rest]: readonly AnswerPart[], end: number): void {
    const usual = part === undefined ? end : id(typeof part === 'string' ? part : part.otherwise)
    for (const row of from) follows.set(row, usual, CERTAIN)
    if (part === undefined) return
    link(
      typeof part === 'string' ? [usual] : [...('seen' in part ? seen(from, part) : heardBy(from, part)), usual],
      rest,
      end
    )
  }

  /** Both are as likely until the colour decides. */
  function seen(from: readonly number[], part: Look): number[] {
    const look = firstLook + looks.indexOf(part)
    const said = id(part.say)
    for (const row of from) {
      follows.set(row, said, CERTAIN)
      looksAt.set(row, look, 1)
    }
    shows.set(look, said, SEEN)
    shows.set(look, id(part.otherwise), -SEEN)
    return [said]
  }

  /** Those that what comes next follows; branches are followed by parts of their own. */
  function heardBy(from: readonly number[], { oneOf }: Extract<AnswerPart, { readonly oneOf: unknown }>): number[] {
    return oneOf.flatMap((option, at) => {
      const { has, say, followedBy } =
        typeof option === 'string' ? { has: option, say: option, followedBy: null } : option
      heard.set(id(has), id(say), 1)
      for (const row of from) copies.set(row, id(say), CERTAIN + COPIED - at * FIRST)
      if (!followedBy) return [id(say)]
      link([id(say)], followedBy, theEnd)
      return []
    })
  }

  for (const { when, parts, endless = false } of model.answers) {
    const [first, ...rest] = parts
    if (typeof first !== 'string') throw new RangeError('An answer begins with words of its own.')
    for (const word of idsOfWord(when)) begins.set(word, id(first), CERTAIN)
    link([id(first)], rest, endless ? id(first) : theEnd)
  }
  return { follows, copies, heard, begins, looksAt, shows, looks }
}

function looksOf(parts: readonly AnswerPart[]): Look[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string') return []
    if ('seen' in part) return [part]
    return part.oneOf.flatMap((option) => (typeof option === 'string' ? [] : looksOf(option.followedBy ?? [])))
  })
}
