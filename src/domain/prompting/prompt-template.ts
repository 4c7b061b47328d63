import { z } from 'zod'
import { StudioError } from '../errors.ts'

/** The templates of what a language model is told, and what stands in each for what the studio fills in. */
export const PROMPT_PLACEHOLDERS = {
  'brief-retouch': ['order', 'camera', 'light', 'framing'],
  'brief-edit': ['order', 'camera', 'light', 'framing'],
  'brief-paint': ['order', 'camera', 'light', 'framing'],
  tune: ['order', 'prompt', 'failed'],
  report: ['order', 'attempts', 'ledger']
} as const

export type PromptName = keyof typeof PROMPT_PLACEHOLDERS
export const PROMPT_NAMES = Object.keys(PROMPT_PLACEHOLDERS) as PromptName[]
export const promptNameSchema = z.enum(PROMPT_NAMES)

export type PromptValues<N extends PromptName> = Readonly<Record<(typeof PROMPT_PLACEHOLDERS)[N][number], string>>

/** Ten times what the longest that comes with the studio has. */
export const MOST_PROMPT_CHARACTERS = 40_000

/** A template before anything is filled in. */
export interface PromptTemplate {
  /** Counted up with each change of the one that comes with the studio. */
  readonly version: number
  /** Who the model is and what it must and must not do. */
  readonly instructions: string
  /** What it is asked. */
  readonly text: string
}

/** A template as whoever edits it sees it. */
export const promptStateSchema = z.object({
  name: promptNameSchema,
  /** Of the one that is there; 0 where it cannot be read. */
  version: z.int().nonnegative(),
  text: z.string(),
  /** The user's own copy is what is there. */
  isOwn: z.boolean(),
  /** Why an own copy is not used; null where it is, or there is none. */
  fault: z.string().nullable(),
  /** The one that comes with the studio. */
  builtIn: z.object({ version: z.int().positive(), text: z.string() })
})
export type PromptState = z.infer<typeof promptStateSchema>

const HEAD = /^<!-- version (\d{1,4}) -->\s*\n# Instructions\s*\n([\s\S]+?)\n# Task\s*\n([\s\S]+)$/
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g

const braced = (names: readonly string[]) => names.map((name) => `{{${name}}}`).join(', ')

/** @throws StudioError `prompt-invalid` that says what is wrong and what may be there */
export function parsePrompt(name: PromptName, text: string): PromptTemplate {
  const known: readonly string[] = PROMPT_PLACEHOLDERS[name]
  const refuse = (says: string, hint: string) =>
    new StudioError('prompt-invalid', `The template "${name}" ${says}.`, { hint })
  if (text.length > MOST_PROMPT_CHARACTERS) {
    throw refuse(`has ${text.length} characters`, `It may have ${MOST_PROMPT_CHARACTERS} at most.`)
  }
  const [, version, instructions, task] = HEAD.exec(text.replaceAll('\r\n', '\n')) ?? []
  if (version === undefined || instructions === undefined || task === undefined) {
    const hint =
      'It begins with "<!-- version 1 -->"; then come "# Instructions" and "# Task", each on a line of its own.'
    throw refuse('lacks its version, "# Instructions" or "# Task"', hint)
  }
  const missing = known.filter((placeholder) => !task.includes(`{{${placeholder}}}`))
  if (missing.length > 0) throw refuse(`lacks ${braced(missing)} in its task`, `The studio fills in ${braced(known)}.`)
  const inTask = placeholdersIn(task).filter((placeholder) => !known.includes(placeholder))
  if (inTask.length > 0) {
    throw refuse(`has ${braced(inTask)}, which nothing fills in`, `The studio fills in ${braced(known)}.`)
  }
  const inInstructions = placeholdersIn(instructions)
  if (inInstructions.length > 0) {
    // What was ordered must not stand among what the model is to obey.
    const hint = 'Placeholders belong below "# Task": what is filled in is material, never an instruction.'
    throw refuse(`has ${braced(inInstructions)} in its instructions`, hint)
  }
  return { version: Number(version), instructions: instructions.trim(), text: task.trim() }
}

function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))]
}

/** In one go: what is filled in is never itself filled. */
export function fillPrompt(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole)
}
