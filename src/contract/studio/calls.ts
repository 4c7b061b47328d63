import type { z } from 'zod'
import { DELIVERY_CALLS } from './delivery-calls.ts'
import { JOB_CALLS } from './job-calls.ts'
import { MODEL_CALLS } from './model-calls.ts'
import { PHOTO_CALLS } from './photo-calls.ts'
import { PRESET_CALLS } from './preset-calls.ts'
import { PROMPT_CALLS } from './prompt-calls.ts'
import { SERVER_CALLS } from './server-calls.ts'
import { STUDIO_CALLS } from './studio-calls.ts'

/**
 * Everything that can be asked of the studio, whatever carries it: IPC in the desktop studio, HTTP in a browser. What
 * crosses is structured-cloneable; the one thing that JSON has not, besides bytes, is a date, see `instantSchema`.
 * Errors cross whole, as `SerializedError`.
 */
const calls = {
  ...STUDIO_CALLS,
  ...PHOTO_CALLS,
  ...JOB_CALLS,
  ...PRESET_CALLS,
  ...DELIVERY_CALLS,
  ...MODEL_CALLS,
  ...PROMPT_CALLS,
  ...SERVER_CALLS
} as const

type Calls = typeof calls
export type StudioCallName = keyof Calls

/** What a caller gives: defaults may be left out. */
export type StudioCallParams<N extends StudioCallName> = z.input<Calls[N]['params']>
/** What the studio gets: parsed, with the defaults. */
export type StudioCallRequest<N extends StudioCallName> = z.output<Calls[N]['params']>
export type StudioCallResult<N extends StudioCallName> = z.output<Calls[N]['result']>

/** The same table, in a type that ties each name to its own schemas where the name is a type parameter. */
export const STUDIO_CALLS_BY_NAME: {
  readonly [N in StudioCallName]: {
    readonly kind: 'query' | 'command'
    readonly where: 'anywhere' | 'desktop'
    readonly params: z.ZodType<StudioCallRequest<N>, StudioCallParams<N>>
    readonly result: z.ZodType<StudioCallResult<N>>
  }
} = calls

export const STUDIO_CALL_NAMES = Object.keys(calls) as StudioCallName[]

/** Names of the calls that need the window's own machine. */
export type DesktopCallName = {
  [N in StudioCallName]: N extends `dialogs.${string}` | `desktop.${string}` | `delivery.${'start' | 'prepare'}Drag`
    ? N
    : never
}[StudioCallName]

export function isStudioCallName(name: string): name is StudioCallName {
  return Object.hasOwn(calls, name)
}
