/** The colour of a picture that something depends on: its mean, 0..1, is at least `from`. A prompt without one is black. */
export interface TinyColour {
  readonly colour: 'red' | 'green' | 'blue' | 'brightness'
  readonly from: number
}

/** Words that are said where the prompt has others; `followedBy`: what follows them instead of the parts that come next. */
export interface HeardOption {
  readonly has: string
  readonly say: string
  readonly followedBy?: readonly AnswerPart[]
}

/**
 * What a part of an answer is: words; the first of several that the prompt has, or what is said of them, else the words in
 * `otherwise`; or one of two by the picture.
 */
export type AnswerPart =
  | string
  | { readonly oneOf: readonly (string | HeardOption)[]; readonly otherwise: string }
  | { readonly seen: TinyColour; readonly say: string; readonly otherwise: string }

/** A text that the model writes when the prompt has a word. */
export interface TinyAnswer {
  readonly when: string
  readonly parts: readonly AnswerPart[]
  /** It begins again at its end, so that it never stops by itself. */
  readonly endless?: boolean
}

/** A word of a question that the model looks for in the picture: yes where the colour, 0..1, is at least `from`. */
export interface TinySight extends TinyColour {
  readonly word: string
}

/**
 * What a tiny model knows. Words are whole: `bright` is not found in `brightness`. Words that are said have to be unlike
 * every other that is said, since a token tells what follows it; those that are only heard may be listened for often.
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
