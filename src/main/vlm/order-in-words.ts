import type { BriefRequest } from '../../domain/engine.ts'
import { lightingOf, PARAMETER_NAMES, type Parameters } from '../../domain/parameters/parameters.ts'
import { CAMERA, LIGHT_SET } from '../../domain/rules/prompt-language.ts'
import { wordsOf } from '../../domain/rules/prompt-phrases.ts'

/** Free text as material between quotation marks: one line, no quotation marks of its own. */
export function quoted(text: string): string {
  const oneLine = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').replaceAll('"', "'")
  return `"${oneLine.trim()}"`
}

/** Each parameter as it is written into prompts. The client's notes are not among them. */
export function orderInWords(parameters: Parameters): string {
  return PARAMETER_NAMES.map((name) => `- ${name}: ${quoted(wordsOf(name, parameters))}`).join('\n')
}

/** What a template of a brief is filled with. */
export function briefValues({ parameters, profile }: Pick<BriefRequest, 'parameters' | 'profile'>) {
  const lighting = lightingOf(parameters.lighting)
  return {
    order: orderInWords(parameters),
    camera: CAMERA[parameters.purpose],
    light: lighting ? LIGHT_SET[lighting] : 'as the order says',
    framing: `head and shoulders, the head ${percent(profile.headHeight)} of the height, the eyes ${percent(profile.eyeLine)} from the top`
  }
}

const percent = (fraction: number) => `${Math.round(fraction * 100)}%`
