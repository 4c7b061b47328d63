import type { EnvFile } from './env-file.ts'
import { maskValue } from './mask.ts'
import { environmentSchema, factsOf, VARIABLE_NAMES, type VariableFacts, type VariableName } from './variables.ts'

/** Where values may come from; what is left out gives none. */
export interface EnvironmentSources {
  /** By the name of the variable. */
  readonly flags?: Readonly<Partial<Record<VariableName, string>>>
  readonly variables?: Readonly<Record<string, string | undefined>>
  readonly file?: EnvFile | null
}

export type Origin = 'flag' | 'environment' | 'file' | 'default'

/** A variable with what holds for it now. */
export interface EffectiveVariable extends VariableFacts {
  readonly name: VariableName
  readonly origin: Origin
  /** As it was given; null where nothing was. May be a secret. */
  readonly given: string | null
  /** What to show: the value, or what unset means, with secrets masked. */
  readonly shown: string
  readonly valid: boolean
}

/** An empty value means the same as none. */
const filled = (value: string | undefined): string | null => value?.trim() || null

function find(name: VariableName, sources: EnvironmentSources): { given: string | null; origin: Origin } {
  const { flags, variables, file } = sources
  const places = [
    ['flag', flags?.[name]],
    ['environment', variables?.[name]],
    ['file', file?.variables[name]]
  ] as const
  for (const [origin, value] of places) {
    const given = filled(value)
    if (given !== null) return { given, origin }
  }
  return { given: null, origin: 'default' }
}

/** Every variable by precedence: flag, environment, file, default. */
export function effectiveVariables(sources: EnvironmentSources): EffectiveVariable[] {
  return VARIABLE_NAMES.map((name) => {
    const facts = factsOf(name)
    const { given, origin } = find(name, sources)
    return {
      name,
      ...facts,
      given,
      origin,
      shown: given === null ? facts.unset : maskValue(given, facts.secret),
      valid: environmentSchema.shape[name].safeParse(given ?? undefined).success
    }
  })
}

/** Where a value came from, in words. */
export function originInWords(origin: Origin, file: EnvFile | null | undefined): string {
  switch (origin) {
    case 'flag':
      return 'command line'
    case 'environment':
      return 'environment'
    case 'file':
      return file?.path ?? 'file'
    case 'default':
      return 'default'
  }
}

/** Names in the settings file that mean nothing to the studio: often slips of the pen. */
export function unknownNames(file: EnvFile | null | undefined): string[] {
  const known = new Set<string>(VARIABLE_NAMES)
  return Object.keys(file?.variables ?? {}).filter((name) => !known.has(name))
}
