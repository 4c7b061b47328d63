import { Option } from 'commander'
import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import { OWN_BACKDROP } from '../../domain/parameters/background.ts'
import {
  backdropOf,
  CATALOGUE,
  PARAMETER_NAMES,
  type ParameterName,
  type Parameters,
  parseParameters
} from '../../domain/parameters/parameters.ts'
import { parseOptions } from './studio-session.ts'
import { MOST_ATTEMPTS, wholeNumber } from './whole-number.ts'

const MAX_FACE = 1000
const MAX_SEED = 2 ** 31 - 1

const HELP: Readonly<Record<ParameterName, string>> = {
  purpose: 'what it is for; decides the crop',
  attire: 'clothes, or free text',
  background: 'where it seems to be taken, #rrggbb, or free text',
  vibe: 'expression and grade, or free text',
  lighting: 'light, or free text',
  mood: 'mood of the grade, or free text',
  resolution: 'size of the delivered picture'
}

/** One option per parameter, with its choices in the help text. */
export function parameterOptions(): Option[] {
  return PARAMETER_NAMES.map((name) => {
    const choices = CATALOGUE[name].map((entry) => entry.id).join(', ')
    return new Option(`--${name} <value>`, `${HELP[name]} (${choices})`)
  })
}

const portraitOptionsSchema = z.object({
  face: wholeNumber(1, MAX_FACE).optional(),
  seed: wholeNumber(0, MAX_SEED).optional(),
  attempts: wholeNumber(1, MOST_ATTEMPTS).optional(),
  backdrop: z.string().min(1).optional(),
  out: z.string().min(1).default('portraits'),
  samePerson: z.boolean().default(false),
  json: z.boolean().default(false)
})

export interface PortraitOptions extends z.infer<typeof portraitOptionsSchema> {
  readonly parameters: Parameters
}

/** @throws StudioError `option-invalid`, `parameters-invalid`. */
export function parsePortraitOptions(raw: Readonly<Record<string, unknown>>): PortraitOptions {
  const options = parseOptions(portraitOptionsSchema, raw)
  const given = [...PARAMETER_NAMES, 'notes'].filter((name) => raw[name] !== undefined)
  const parameters = parseParameters(Object.fromEntries(given.map((name) => [name, raw[name]])))
  const isOwn = backdropOf(parameters.background)?.kind === 'own'
  if (options.backdrop !== undefined && raw.background !== undefined && !isOwn) {
    throw new StudioError('option-invalid', '--backdrop and --background cannot be given together.', {
      hint: 'Leave out --background to have the file behind the person, or --backdrop to have the place.'
    })
  }
  if (options.backdrop === undefined && isOwn) {
    throw new StudioError('option-invalid', `--background ${OWN_BACKDROP} needs its file.`, {
      hint: 'Name a panorama or a photograph with --backdrop FILE.'
    })
  }
  return { ...options, parameters }
}
