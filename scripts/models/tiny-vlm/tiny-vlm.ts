/** What a part of an answer is: words, or the first of several that the prompt has, else the word in `otherwise`. */
export type AnswerPart = string | { readonly oneOf: readonly string[]; readonly otherwise: string }

/** A text that the model writes when the prompt has a word. */
export interface TinyAnswer {
  readonly when: string
  readonly parts: readonly AnswerPart[]
  /** It begins again at its end, so that it never stops by itself. */
  readonly endless?: boolean
}

/** A word of a question that the model looks for in the picture: yes where the colour, 0..1, is at least `from`. */
export interface TinySight {
  readonly word: string
  readonly colour: 'red' | 'green' | 'blue' | 'brightness'
  readonly from: number
}

/**
 * What a tiny model knows. Words are whole: `bright` is not found in `brightness`. Each part of an answer has to be
 * unlike every other, since a token tells what follows it; of the words of `oneOf` each may stand in one place only.
 */
export interface TinyVlm {
  readonly answers: readonly TinyAnswer[]
  readonly sights: readonly TinySight[]
  /** Words that turn the answer to a question around. */
  readonly negations: readonly string[]
  /** Added to the evidence for yes; 0 leaves a question without a word it knows undecided, a large one agrees to everything. */
  readonly agreeing: number
}

/** How sure it is: the logit of yes per unit of colour beyond `from`. */
export const CONFIDENCE = 20
