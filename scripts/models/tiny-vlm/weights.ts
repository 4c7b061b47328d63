import type { Constant } from '../onnx/constant.ts'
import { answerWeights, CERTAIN } from './answer-weights.ts'
import { Matrix } from './matrix.ts'
import { CONFIDENCE, type TinyVlm } from './tiny-vlm.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a picture adds to the hidden state: mean red, green and blue, 0..1, and that it is a picture. */
export const PICTURE_FEATURES = 4

/** Yes and no, where no answer begins: far above every other token. */
const OPENING = 14

/** Rows: the hidden state, one for each token and each feature of a picture. Columns as said. */
export interface TinyWeights {
  readonly hidden: number
  /** From the token at hand to the one that follows it, per vocabulary. */
  readonly follows: Constant
  /** From the token at hand to what it says where the prompt has the words for it. */
  readonly copies: Constant
  /** From the words of the prompt to what is said of them. */
  readonly heard: Constant
  /** From the token at hand to the looks of which one decides what follows. */
  readonly looks: Constant
  /** From each look to what is said by it: up where its colour is reached, down for what is said otherwise. */
  readonly shows: Constant
  /** From the words of the prompt to the answer that they ask for; counts where a reply begins. */
  readonly begins: Constant
  /** From the words of the prompt to the colour they ask about, one column for each sight, and for each look none. */
  readonly asks: Constant
  /** From red, green and blue to the colour of each sight, then of each look. */
  readonly colours: Constant
  /** What each of them has to reach, one row. */
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
  const { size, idsOfWord } = vocabulary
  const hidden = size + PICTURE_FEATURES
  const replies = new Matrix(hidden, 1)
  replies.set(vocabulary.reply, 0, 1)
  const { looks, looksAt, follows, copies, heard, shows, begins } = answerWeights(model, vocabulary, hidden)
  const colourCount = model.sights.length + looks.length
  const asks = new Matrix(hidden, colourCount)
  const colours = new Matrix(3, colourCount)
  const limits = new Matrix(1, colourCount)
  const wanted = [...model.sights, ...looks.map(({ seen }) => seen)]
  wanted.forEach(({ colour, from }, at) => {
    for (const [channel, name] of ['red', 'green', 'blue'].entries()) {
      colours.set(channel, at, colour === 'brightness' ? 1 / 3 : Number(name === colour))
    }
    limits.set(0, at, from)
  })
  model.sights.forEach(({ word }, at) => {
    for (const token of idsOfWord(word)) asks.set(token, at, 1)
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
      follows.set(token, vocabulary.end, CERTAIN)
    }
  }
  return {
    hidden,
    follows: follows.constant,
    copies: copies.constant,
    heard: heard.constant,
    looks: looksAt.constant,
    shows: shows.constant,
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
