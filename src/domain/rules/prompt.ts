import type { DeliveryProfile } from '../delivery-profile.ts'
import { lightingOf, type ParameterName, type Parameters } from '../parameters/parameters.ts'
import { CAMERA, LIGHT_SET } from './prompt-language.ts'
import { wordsOf } from './prompt-phrases.ts'

export const MIN_WORDS = 50
export const MAX_WORDS = 100

export const wordCount = (text: string) => text.split(/\s+/).filter((word) => word !== '').length

const percent = (fraction: number) => `${Math.round(fraction * 100)}%`

/**
 * Kept faithful by naming nothing about the person: no age, sex, skin or hair. What a model is not told it takes from
 * the reference.
 */
const FAITHFUL = 'Same face, skin and hair as in the reference, natural texture; invent nothing.'

/** As they were given. */
export const clientsNotes = (notes: string) => `The client's notes: “${notes}”`

/**
 * A prompt without the client's notes, which are for the generator alone: no model that writes is told them.
 * @param notes as they were given; the prompt may hold their beginning only, where it was shortened
 */
export function withoutNotes(prompt: string, notes: string): string {
  const words = notes.split(/\s+/).filter((word) => word !== '')
  const beginnings = words.map((_, index) => words.slice(0, words.length - index).join(' '))
  const said = notes === '' ? undefined : [notes, ...beginnings].map(clientsNotes).find((each) => prompt.includes(each))
  if (said === undefined) return prompt
  const at = prompt.indexOf(said)
  return [prompt.slice(0, at), prompt.slice(at + said.length)]
    .map((part) => part.trim())
    .join(' ')
    .trim()
}

/**
 * A prompt of 50 to 100 words that names every parameter, then the client's notes, quoted. Sentences of craft give way
 * where the client's own words for a parameter are long; parameters never do.
 */
export function writePrompt(parameters: Parameters, profile: DeliveryProfile): string {
  const of = (name: ParameterName) => wordsOf(name, parameters)
  const lighting = lightingOf(parameters.lighting)
  const order = [
    `Photograph of the reference person: ${of('purpose')}, wearing ${of('attire')}, with ${of('vibe')}.`,
    `Background: ${of('background')}.`,
    `Light: ${of('lighting')}${lighting ? `, ${LIGHT_SET[lighting]}` : ''}; ${of('mood')}.`
  ]
  const craft = [
    FAITHFUL,
    `${CAMERA[parameters.purpose]}, sharp eyes, ${of('resolution')}.`,
    `Head-and-shoulders, head ${percent(profile.headHeight)} of the height, eyes ${percent(profile.eyeLine)} down.`
  ]
  const body = craft.reduce((text, sentence) => {
    const longer = `${text} ${sentence}`
    return wordCount(longer) <= MAX_WORDS ? longer : text
  }, order.join(' '))
  return parameters.notes === '' ? body : `${body} ${clientsNotes(parameters.notes)}`
}
