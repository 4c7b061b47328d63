import {
  CATALOGUE,
  entryOf,
  lightingOf,
  PARAMETER_NAMES,
  type ParameterName,
  type Parameters
} from '../parameters/parameters.ts'
import { MAX_WORDS, MIN_WORDS, wordCount } from '../rules/prompt.ts'
import { CAMERA, LIGHT_SET } from '../rules/prompt-language.ts'
import { wordsOf } from '../rules/prompt-phrases.ts'
import { say } from '../sentences/say.ts'
import { inventedFeatures } from './person-words.ts'
import type { PromptFamily } from './prompt-family.ts'
import { sharedStems, stemsOf } from './prompt-words.ts'

export interface PromptOrder {
  readonly parameters: Parameters
  readonly family: PromptFamily
  /** What was seen of the person in the photo, in words. */
  readonly seen: readonly string[]
}

export type PromptProblem =
  | { readonly kind: 'missing'; readonly parameter: ParameterName; readonly says: string }
  | { readonly kind: 'contradiction'; readonly words: readonly string[]; readonly says: string }
  | { readonly kind: 'invented'; readonly feature: string; readonly says: string }
  | { readonly kind: 'keep' | 'length'; readonly says: string }

/** Share of a phrase's telling words that have to be there for it to count as said. */
const SAID = 1 / 3
/** Share of what marks another choice that has to be there for it to count as asked for. */
const ASKED_FOR = 2 / 3

/** What is wrong with a prompt, in sentences that its writer understands; empty where nothing is. */
export function checkPrompt(prompt: string, order: PromptOrder): PromptProblem[] {
  return [
    ...missing(prompt, order),
    ...contradictions(prompt, order),
    ...invented(prompt, order),
    ...form(prompt, order)
  ]
}

export function mentions(prompt: string, phrase: string): boolean {
  const telling = stemsOf(phrase).length
  return telling === 0 || sharedStems(prompt, phrase).length >= Math.max(1, Math.ceil(telling * SAID))
}

function missing(prompt: string, { parameters }: PromptOrder): PromptProblem[] {
  return PARAMETER_NAMES.filter((name) => !mentions(prompt, wordsOf(name, parameters))).map((parameter) => ({
    kind: 'missing',
    parameter,
    says: say('prompt-lacks', { parameter, words: wordsOf(parameter, parameters) })
  }))
}

/** Free choices: a prompt that names another one asks for what was not ordered. */
const CHOSEN = ['attire', 'background', 'vibe', 'lighting', 'mood'] as const satisfies readonly ParameterName[]

/** What may be said of any portrait, whatever was ordered. */
const OF_ANY_PORTRAIT =
  'The same face, skin, hair and clothes as in the reference, natural texture, sharp eyes in focus, out of focus behind, natural light, clean and plain.'

export function contradictions(prompt: string, { parameters }: Pick<PromptOrder, 'parameters'>): PromptProblem[] {
  const lighting = lightingOf(parameters.lighting)
  const craft = [OF_ANY_PORTRAIT, CAMERA[parameters.purpose], lighting ? LIGHT_SET[lighting] : '']
  const ordered = new Set([...PARAMETER_NAMES.map((name) => wordsOf(name, parameters)), ...craft].flatMap(stemsOf))
  return CHOSEN.flatMap((name) =>
    CATALOGUE[name]
      .filter(({ id }) => id !== entryOf(name, parameters[name])?.id)
      .flatMap((other): PromptProblem[] => {
        const marks = stemsOf(other.prompt).filter((stem) => !ordered.has(stem))
        const words = marks.filter((stem) => stemsOf(prompt).includes(stem))
        if (words.length === 0 || words.length < marks.length * ASKED_FOR) return []
        const wanted = wordsOf(name, parameters)
        const says = say('prompt-contradicts', { words: other.prompt, parameter: name, wanted })
        return [{ kind: 'contradiction', words, says }]
      })
  )
}

function invented(prompt: string, { seen, parameters }: PromptOrder): PromptProblem[] {
  const ordered = PARAMETER_NAMES.map((name) => wordsOf(name, parameters))
  return inventedFeatures(prompt, [...seen, ...ordered]).map((feature) => ({
    kind: 'invented',
    feature,
    says: say('prompt-invents', { words: feature })
  }))
}

export const KEEPS = /\b(?:keep|kept|preserve|unchanged|same|identical|exactly as)\b/i

function form(prompt: string, { family }: PromptOrder): PromptProblem[] {
  const words = wordCount(prompt)
  return [
    ...(family !== 'paint' && !KEEPS.test(prompt)
      ? [{ kind: 'keep' as const, says: say('prompt-keeps-nothing') }]
      : []),
    ...(words < MIN_WORDS || words > MAX_WORDS
      ? [{ kind: 'length' as const, says: say('prompt-word-count', { count: words, min: MIN_WORDS, max: MAX_WORDS }) }]
      : [])
  ]
}
