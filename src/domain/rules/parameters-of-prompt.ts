import { DELIVERY_PROFILES } from '../delivery-profile.ts'
import type { Size } from '../geometry.ts'
import type { CatalogueEntry } from '../parameters/catalogue-entry.ts'
import { CATALOGUE, type ParameterName, type Parameters, parseParameters } from '../parameters/parameters.ts'
import type { PurposeId } from '../parameters/purpose.ts'

/** What an engine that is set, and does not read, can take from words. */
const TOLD = ['background', 'lighting', 'vibe', 'mood'] as const satisfies readonly ParameterName[]

/**
 * The order that a prompt comes nearest to, for engines that are set by parameters: the choices whose own words stand in
 * it as whole words, and are not said to be unwanted; the longest where several do, as in prompts that the studio itself
 * has written. The others stay as they are.
 */
export function parametersOfPrompt(prompt: string): Parameters {
  const text = inWords(prompt)
  const found = TOLD.flatMap((name) => {
    const entry = longestIn(text, CATALOGUE[name])
    return entry ? [[name, entry.id] as const] : []
  })
  return parseParameters(Object.fromEntries(found))
}

/** Names of programs, such as `modern_office`, are read as words. */
const inWords = (text: string) => text.toLowerCase().replaceAll('_', ' ')

function longestIn(text: string, entries: readonly CatalogueEntry[]): CatalogueEntry | undefined {
  const matches = entries.map((entry) => {
    const words = [entry.prompt, entry.label, entry.id, ...(entry.aliases ?? [])].map(inWords)
    return { entry, length: Math.max(0, ...words.filter((each) => stands(each, text)).map((each) => each.length)) }
  })
  const [best] = matches.toSorted((one, other) => other.length - one.length)
  return best && best.length > 0 ? best.entry : undefined
}

const LETTER = /[\p{L}\p{N}]/u
/** At the end of what comes before words: that they are unwanted, with two words between at most. */
const UNWANTED = /(?:\b(?:not|no|never|without|avoid)|n['’]t) (?:[\p{L}\p{N}]+ ){0,2}$/u

/** Whether whole words stand anywhere in a text where nothing says that they are unwanted. */
function stands(words: string, text: string): boolean {
  for (let at = text.indexOf(words); words !== '' && at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text.slice(0, at), text[at + words.length] ?? '']
    if (!LETTER.test(before.slice(-1)) && !LETTER.test(after) && !UNWANTED.test(before)) return true
  }
  return false
}

/** The purpose whose pictures have the proportions nearest to these. */
export function purposeOfSize({ width, height }: Size): PurposeId {
  const off = (aspect: number) => Math.abs(Math.log(aspect / (width / height)))
  const [nearest] = Object.values(DELIVERY_PROFILES)
    // Documents are framed tightly whatever the proportions; nobody means them by a size alone.
    .filter(({ background }) => background === 'any')
    .toSorted((one, other) => off(one.aspect) - off(other.aspect))
  return nearest?.purpose ?? 'professional_linkedin'
}
