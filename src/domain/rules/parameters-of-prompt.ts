import { DELIVERY_PROFILES } from '../delivery-profile.ts'
import type { Size } from '../geometry.ts'
import type { CatalogueEntry } from '../parameters/catalogue-entry.ts'
import { CATALOGUE, type ParameterName, type Parameters, parseParameters } from '../parameters/parameters.ts'
import type { PurposeId } from '../parameters/purpose.ts'

/** What an engine that is set, and does not read, can take from words. */
const TOLD = ['background', 'lighting', 'vibe', 'mood'] as const satisfies readonly ParameterName[]

/**
 * The order that a prompt comes nearest to, for engines that are set by parameters: the choices whose own words stand in
 * it, the longest where several do, as in prompts that the studio itself has written. The others stay as they are.
 */
export function parametersOfPrompt(prompt: string): Parameters {
  const text = prompt.toLowerCase()
  const found = TOLD.flatMap((name) => {
    const entry = longestIn(text, CATALOGUE[name])
    return entry ? [[name, entry.id] as const] : []
  })
  return parseParameters(Object.fromEntries(found))
}

function longestIn(text: string, entries: readonly CatalogueEntry[]): CatalogueEntry | undefined {
  const matches = entries.map((entry) => {
    const words = [entry.prompt, entry.label, entry.id.replaceAll('_', ' '), ...(entry.aliases ?? [])]
    const standing = words.map((word) => word.toLowerCase()).filter((word) => text.includes(word))
    return { entry, length: Math.max(0, ...standing.map((word) => word.length)) }
  })
  const [best] = matches.toSorted((one, other) => other.length - one.length)
  return best && best.length > 0 ? best.entry : undefined
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
