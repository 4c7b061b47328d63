import { z } from 'zod'
import { StudioError } from '../errors.ts'
import { ATTIRES } from './attire.ts'
import { BACKGROUNDS, type Backdrop, type HexColour } from './background.ts'
import { type CatalogueEntry, findEntry } from './catalogue-entry.ts'
import { LIGHTINGS, type LightingId } from './lighting.ts'
import { MOODS } from './mood.ts'
import { PURPOSES, type PurposeId } from './purpose.ts'
import { RESOLUTIONS, type ResolutionEntry, type ResolutionId } from './resolution.ts'
import { VIBES } from './vibe.ts'

/** The catalogue of every parameter that offers choices. */
export const CATALOGUE = {
  purpose: PURPOSES,
  attire: ATTIRES,
  background: BACKGROUNDS,
  vibe: VIBES,
  lighting: LIGHTINGS,
  mood: MOODS,
  resolution: RESOLUTIONS
} as const satisfies Record<string, readonly CatalogueEntry[]>

export type ParameterName = keyof typeof CATALOGUE
export const PARAMETER_NAMES = Object.keys(CATALOGUE) as ParameterName[]

/** Purpose and resolution decide crop and size, so they must be known; the others may be described freely. */
const CLOSED: ReadonlySet<ParameterName> = new Set<ParameterName>(['purpose', 'resolution'])

const MAX_FREE_TEXT = 200
const MAX_NOTES = 2000

function choice(name: ParameterName, fallback: string) {
  return z
    .string()
    .trim()
    .min(1, `${name} is empty`)
    .max(MAX_FREE_TEXT, `${name} takes at most ${MAX_FREE_TEXT} characters`)
    .transform((word, context) => {
      const entry = findEntry<CatalogueEntry>(CATALOGUE[name], word)
      if (entry) return entry.id
      if (!CLOSED.has(name)) return word
      context.addIssue({
        code: 'custom',
        message: `${name} is one of ${CATALOGUE[name].map((each) => each.id).join(', ')}`
      })
      return z.NEVER
    })
    .default(fallback)
}

/** What the photographer asks for. Free text is kept as it is written; known words become ids. */
export const parametersSchema = z.strictObject({
  purpose: choice('purpose', 'professional_linkedin').transform((id) => id as PurposeId),
  attire: choice('attire', 'as_photographed'),
  background: choice('background', 'modern_office'),
  vibe: choice('vibe', 'confident'),
  lighting: choice('lighting', 'natural'),
  mood: choice('mood', 'neutral'),
  resolution: choice('resolution', '1k').transform((id) => id as ResolutionId),
  notes: z.string().trim().max(MAX_NOTES, `notes take at most ${MAX_NOTES} characters`).default('')
})
export type Parameters = z.infer<typeof parametersSchema>

/** @throws StudioError `parameters-invalid` that names each value refused and what is allowed. */
export function parseParameters(input: unknown): Parameters {
  const parsed = parametersSchema.safeParse(input)
  if (parsed.success && !isBrokenHex(parsed.data.background)) return parsed.data
  const issues = parsed.success
    ? [{ parameter: 'background', message: `background "${parsed.data.background}" is no colour: write it as #rrggbb` }]
    : parsed.error.issues.map((issue) => ({ parameter: issue.path.join('.'), message: issue.message }))
  throw new StudioError('parameters-invalid', issues.map((issue) => issue.message).join('; '), { details: { issues } })
}

export function entryOf(name: ParameterName, value: string): CatalogueEntry | undefined {
  return findEntry<CatalogueEntry>(CATALOGUE[name], value)
}

const HEX = /^#[0-9a-f]{6}$/i
/** Meant as a colour: nobody describes a place that way. Refused where it is asked for, never in a job that is stored. */
const isBrokenHex = (background: string) => background.startsWith('#') && !HEX.test(background)
const isHex = (text: string): text is HexColour => HEX.test(text)

/** How the built-in engine makes a background; undefined for free text it has no place for. `#rrggbb` is a plain colour. */
export function backdropOf(background: string): Backdrop | undefined {
  if (isHex(background)) return { kind: 'plain', colour: background }
  return findEntry(BACKGROUNDS, background)?.backdrop
}

export function lightingOf(lighting: string): LightingId | undefined {
  return findEntry(LIGHTINGS, lighting)?.id
}

export function resolutionOf(id: ResolutionId): ResolutionEntry {
  const entry = RESOLUTIONS.find((each) => each.id === id)
  if (!entry) throw new StudioError('parameters-invalid', `There is no resolution "${id}".`)
  return entry
}
