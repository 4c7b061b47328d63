/** Words that say nothing about an order: articles and the like, and what every portrait's prompt is made of. */
const EMPTY = new Set(
  'a an and are as at be by for from her his in into is it its of on one or out over own that the their this to with camera light portrait photo photograph picture background expression mood look person'.split(
    ' '
  )
)

/** Letters of a word that are compared: 'tailored' is 'tailor', 'windows' is 'window'. */
const STEM = 6

/** The stems of the words of a text that carry meaning, in their order, each once. */
export function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/#?[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => word.length > 2 && !EMPTY.has(word))
  return [...new Set(telling.map((word) => word.replace(/s$/, '').slice(0, STEM)))]
}

export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

/** Of the stems of a phrase, those that the text has too. */
export function sharedStems(text: string, phrase: string): string[] {
  const said = new Set(stemsOf(text))
  return stemsOf(phrase).filter((stem) => said.has(stem))
}
