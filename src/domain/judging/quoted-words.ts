/** Characters of an order's free text that a question quotes; what is longer describes more than one question can ask. */
const MAX_QUOTED = 120

/** Control characters, invisible formatting and separators (Unicode categories Cc, Cf, Zl, Zp): nothing a description needs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu
/** Whatever could end the quotation, open another, or look like the marks between the turns of a conversation. */
const MARKS = /["“”„‟«»`<>{}[\]|\\]+/gu

/**
 * Words of an order as data inside a question: one line in quotation marks that it cannot leave, at most
 * `MAX_QUOTED` characters. What the words say stays; that they are no instruction is said by whoever quotes them.
 */
export function quotedWords(text: string): string {
  const line = text.normalize('NFKC').replace(UNSEEN, ' ').replace(MARKS, ' ').replace(/\s+/gu, ' ').trim()
  return `"${[...line].slice(0, MAX_QUOTED).join('').trim()}"`
}
