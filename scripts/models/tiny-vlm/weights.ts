import { type Constant, floats } from '../onnx/constant.ts'
import { CONFIDENCE, type TinyVlm } from './tiny-vlm.ts'
import { TOKENS, tokensOfPart, type Vocabulary } from './vocabulary.ts'

/** What a picture adds to the hidden state: mean red, green and blue, 0..1, and that it is a picture. */
export const PICTURE_FEATURES = 4

/** A word in the prompt decides between the answers, then its parts follow one another. */
const CERTAIN = 40
/** A word that the prompt has beats the one that is said otherwise. */
const COPIED = 20
/** Yes and no, where no answer begins: far above every other token. */
const OPENING = 14

class Matrix {
  readonly #columns: number
  readonly #values: Float32Array
  constructor(rows: number, columns: number) {
    this.#columns = columns
    this.#values = new Float32Array(rows * columns)
  }
  set(row: number, column: number, value: number): void {
    this.#values[row * this.#columns + column] = value
  }
  get constant(): Constant {
    return floats([this.#values.length / this.#columns, this.#columns], this.#values)
  }
}

/** Rows: the hidden state, one for each token and each feature of a picture. Columns as said. */
export interface TinyWeights {
  readonly hidden: number
  /** From the token at hand to the one that follows it, per vocabulary. */
  readonly follows: Constant
  /** From the token at hand to the words that it takes from the prompt. */
  readonly copies: Constant
  /** From the words of the prompt to the answer that they ask for; counts where a reply begins. */
  readonly begins: Constant
  /** From the words of the prompt to the colour they ask about, one column for each sight. */
  readonly asks: Constant
  /** From red, green and blue to the colour of each sight. */
  readonly colours: Constant
  /** What each sight has to reach, one row. */
  readonly limits: Constant
  /** 1 for the words that turn an answer around. */
  readonly negates: Constant
  /** 1 for the token that a reply begins after. */
  readonly replies: Constant
  /** What evidence does to the logits: up for yes, down for no. One row. */
  readonly verdict: Constant
  /** Logits of yes and no before any evidence. One row. */
  readonly opening: Constant
}

export function weightsOf(model: TinyVlm, vocabulary: Vocabulary): TinyWeights {
  const { size, id, idsOfWord } = vocabulary
  const hidden = size + PICTURE_FEATURES
  const follows = new Matrix(hidden, size)
  const copies = new Matrix(hidden, size)
  const begins = new Matrix(hidden, size)
  const replies = new Matrix(hidden, 1)
  replies.set(id(TOKENS.reply), 0, 1)
  for (const { when, parts, endless = false } of model.answers) {
    const [first] = parts
    if (typeof first !== 'string') throw new RangeError('An answer begins with words of its own.')
    for (const word of idsOfWord(when)) begins.set(word, id(first), CERTAIN)
    parts.forEach((part, at) => {
      const next = parts[at + 1] ?? (endless ? first : TOKENS.end)
      for (const token of tokensOfPart(part)) {
        const row = id(token)
        if (typeof next === 'string') follows.set(row, id(next), CERTAIN)
        else {
          follows.set(row, id(next.otherwise), CERTAIN)
          for (const word of next.oneOf) copies.set(row, id(word), CERTAIN + COPIED)
        }
      }
    })
  }
  const asks = new Matrix(hidden, model.sights.length)
  const colours = new Matrix(3, model.sights.length)
  const limits = new Matrix(1, model.sights.length)
  model.sights.forEach(({ word, colour, from }, at) => {
    for (const token of idsOfWord(word)) asks.set(token, at, 1)
    for (const [channel, name] of ['red', 'green', 'blue'].entries()) {
      colours.set(channel, at, colour === 'brightness' ? 1 / 3 : Number(name === colour))
    }
    limits.set(0, at, from)
  })
  const negates = new Matrix(hidden, 1)
  for (const word of model.negations) for (const token of idsOfWord(word)) negates.set(token, 0, 1)
  const verdict = new Matrix(1, size)
  const opening = new Matrix(1, size)
  for (const [word, sign] of [
    ['Yes', 1],
    ['No', -1]
  ] as const) {
    for (const token of [...idsOfWord(word), ...idsOfWord(word.toLowerCase())]) {
      verdict.set(0, token, sign * CONFIDENCE)
      opening.set(0, token, OPENING + sign * model.agreeing)
      // One word is a whole answer.
      follows.set(token, id(TOKENS.end), CERTAIN)
    }
  }
  return {
    hidden,
    follows: follows.constant,
    copies: copies.constant,
    begins: begins.constant,
    asks: asks.constant,
    colours: colours.constant,
    limits: limits.constant,
    negates: negates.constant,
    replies: replies.constant,
    verdict: verdict.constant,
    opening: opening.constant
  }
}
