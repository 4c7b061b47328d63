import { stemsOf } from './prompt-words.ts'

/**
 * What a portrait needs nobody to guess: sex, age, origin, beauty. The reference shows the person; a word that is wrong
 * changes them. Each with what stands for it instead.
 */
const GUESSES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:man|woman|male|female|boy|girl|lady|gentleman|guy)\b/gi, 'person'],
  [/\b(?:men|women|boys|girls|ladies|gentlemen|guys)\b/gi, 'people'],
  [/\b(?:he|she)\b/gi, 'the person'],
  [/\b(?:his|her|hers)\b/gi, 'their'],
  [/\bhim\b/gi, 'them'],
  [/\b(?:himself|herself)\b/gi, 'themselves'],
  [/\b(?:\d+[- ]year[- ]old|(?:middle|old)[- ]aged|young|youthful|elderly|teenaged?|adult)\s?/gi, ''],
  [/\b(?:caucasian|asian|african|hispanic|latin[oa]|arabic?|indian|european|ethnic)\s?/gi, ''],
  [/\b(?:attractive|beautiful|handsome|pretty|gorgeous|good-looking|slim|skinny|overweight|chubby)\s?/gi, '']
]

/** The text without guesses about who somebody is. */
export function withoutGuesses(text: string): string {
  const replaced = GUESSES.reduce((said, [guess, instead]) => said.replace(guess, instead), text)
  return replaced
    .replace(/\ban? person\b/gi, 'a person')
    .replace(/\s+/g, ' ')
    .replace(/(^|[.!?] )([a-z])/g, (whole) => whole.toUpperCase())
    .trim()
}

/** What may be seen of somebody, and may be made up as well. */
const FEATURE =
  /\b(?:beard(?:ed)?|m(?:o)?ustache|stubble|glasses|spectacles|freckles?|dimples?|wrinkles?|scars?|tattoos?|piercings?|earrings?|necklace|bald|blonde?|brunette|redhead|curly|wavy|ponytail|braids?|fringe|bangs|tanned|pale|\w+[- ](?:haired|eyed|skinned)|(?:black|brown|blue|green|grey|gray|hazel|red|auburn|white|silver|dark|light|fair|short|long|straight|shoulder-length)(?:,? \w+)? (?:hair|eyes?|skin|complexion))\b/gi

/** The features that a text gives somebody and that were not seen. */
export function inventedFeatures(text: string, seen: readonly string[]): string[] {
  const known = new Set(seen.flatMap(stemsOf))
  const named = [...text.matchAll(FEATURE)].map(([feature]) => feature.toLowerCase())
  return [...new Set(named)].filter((feature) => !stemsOf(feature).every((stem) => known.has(stem)))
}
