import type { DeliveryProfile } from '../delivery-profile.ts'
import { PARAMETER_NAMES, type ParameterName, type Parameters } from '../parameters/parameters.ts'
import { capitalised } from '../rules/criterion-words.ts'
import { MAX_WORDS, MIN_WORDS, wordCount } from '../rules/prompt.ts'
import { CAMERA } from '../rules/prompt-language.ts'
import { wordsOf } from '../rules/prompt-phrases.ts'
import { checkPrompt, contradictions, KEEPS, mentions, type PromptOrder } from './check-prompt.ts'
import { inventedFeatures, withoutGuesses } from './person-words.ts'
import { sentencesOf } from './prompt-words.ts'

const SENTENCES: Readonly<Record<ParameterName, (words: string) => string>> = {
  purpose: (words) => `The picture is ${words}.`,
  attire: (words) => `The person wears ${words}.`,
  background: (words) => `Background: ${words}.`,
  vibe: (words) => `The person has ${words}.`,
  lighting: (words) => `Light: ${words}.`,
  mood: (words) => `It has ${words}.`,
  resolution: (words) => `${capitalised(words)} throughout.`
}

const KEEP = 'Keep the face, skin and hair exactly as in the reference.'
const fillersOf = (parameters: Parameters, profile: DeliveryProfile) => [
  `${capitalised(CAMERA[parameters.purpose])}, sharp eyes.`,
  `Head and shoulders, the head ${Math.round(profile.headHeight * 100)}% of the height.`,
  'Natural skin texture, nothing invented, nothing beautified.',
  'True colours and a clean, undistracting frame around the person.'
]

/**
 * A prompt with what is wrong taken out and what is missing added, by rules. Null where that does not make a prompt that
 * passes the check.
 */
export function mendPrompt(prompt: string, order: PromptOrder, profile: DeliveryProfile): string | null {
  const { parameters, family, seen } = order
  const ordered = PARAMETER_NAMES.map((name) => wordsOf(name, parameters))
  const sound = sentencesOf(withoutGuesses(prompt)).filter(
    (sentence) =>
      inventedFeatures(sentence, [...seen, ...ordered]).length === 0 &&
      contradictions(sentence, { parameters }).length === 0
  )
  const has = (sentences: readonly string[], phrase: string) => mentions(sentences.join(' '), phrase)
  const missing = PARAMETER_NAMES.filter((name) => !has(sound, wordsOf(name, parameters)))
  const added = [
    ...missing.map((name) => SENTENCES[name](wordsOf(name, parameters))),
    ...(family === 'paint' || KEEPS.test(sound.join(' ')) ? [] : [KEEP])
  ]
  const whole = filled(shortened(sound, added), fillersOf(parameters, profile))
  return checkPrompt(whole, order).length === 0 ? whole : null
}

/** Sentences of the writer give way, the last ones first, to those that the order needs. */
function shortened(sound: readonly string[], added: readonly string[]): string[] {
  const kept = [...sound]
  while (kept.length > 0 && wordCount([...kept, ...added].join(' ')) > MAX_WORDS) kept.pop()
  return [...kept, ...added]
}

function filled(sentences: readonly string[], fillers: readonly string[]): string {
  return fillers.reduce((text, filler) => {
    const longer = `${text} ${filler}`
    return wordCount(text) < MIN_WORDS && wordCount(longer) <= MAX_WORDS ? longer : text
  }, sentences.join(' '))
}
