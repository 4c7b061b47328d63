import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StudioError, toStudioError } from '../../domain/errors.ts'

/** The templates there are, and what stands in each for what the studio fills in. */
const PLACEHOLDERS = {
  'brief-retouch': ['order', 'camera', 'light', 'framing'],
  'brief-edit': ['order', 'camera', 'light', 'framing'],
  'brief-paint': ['order', 'camera', 'light', 'framing'],
  tune: ['order', 'prompt', 'failed'],
  report: ['order', 'attempts', 'ledger']
} as const

export type PromptName = keyof typeof PLACEHOLDERS
export const PROMPT_NAMES = Object.keys(PLACEHOLDERS) as PromptName[]

type Values<N extends PromptName> = Readonly<Record<(typeof PLACEHOLDERS)[N][number], string>>

/** A template before anything is filled in. */
interface Template {
  /** Counted up with each change of the one that comes with the studio. */
  readonly version: number
  /** Who the model is and what it must and must not do. */
  readonly instructions: string
  /** What it is asked. */
  readonly text: string
}

export interface FilledPrompt {
  readonly instructions: string
  readonly text: string
}

export interface PromptState {
  readonly name: PromptName
  readonly version: number
  /** Where the user's own copy lies or would lie. */
  readonly path: string
  readonly isOwn: boolean
  /** Why an own copy is not used; null where it is, or there is none. */
  readonly fault: string | null
}

/** Bytes of a template: ten times what the longest has. */
const MOST_CHARACTERS = 40_000

/**
 * The templates of what a language model is told. The user's own copy, in the data folder, stands before the one that
 * comes with the studio; one that cannot be used is left alone and the built-in one is used, so that no job fails by it.
 */
export class PromptTemplates {
  readonly #builtIn: string
  readonly #own: string

  /** `resources`: the studio's; `dataFolder`: the user's. */
  constructor({ resources, dataFolder }: { readonly resources: string; readonly dataFolder: string }) {
    this.#builtIn = join(resources, 'prompts')
    this.#own = join(dataFolder, 'prompts')
  }

  async fill<N extends PromptName>(name: N, values: Values<N>): Promise<FilledPrompt> {
    const own = await this.#readOwn(name)
    const { instructions, text } = own && !('fault' in own) ? own : await this.#readBuiltIn(name)
    return { instructions, text: filled(text, values) }
  }

  async list(): Promise<PromptState[]> {
    return await Promise.all(
      PROMPT_NAMES.map(async (name) => {
        const own = await this.#readOwn(name)
        const path = this.#ownPath(name)
        if (own === null)
          return { name, version: (await this.#readBuiltIn(name)).version, path, isOwn: false, fault: null }
        if ('fault' in own) return { name, version: 0, path, isOwn: true, fault: own.fault }
        return { name, version: own.version, path, isOwn: true, fault: null }
      })
    )
  }

  /** A copy of the user's own to be edited; one that is there stays as it is. Resolves to its path. */
  async copy(name: PromptName): Promise<string> {
    const path = this.#ownPath(name)
    const text = await readFile(join(this.#builtIn, `${name}.md`), 'utf8')
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' }).catch((thrown: unknown) => {
      if (!isCode(thrown, 'EEXIST')) throw toStudioError(thrown)
    })
    return path
  }

  /** Removes the user's own copy: the one that comes with the studio holds again. */
  async reset(name: PromptName): Promise<void> {
    await rm(this.#ownPath(name), { force: true })
  }

  #ownPath(name: PromptName): string {
    return join(this.#own, `${name}.md`)
  }

  async #readOwn(name: PromptName): Promise<Template | { readonly fault: string } | null> {
    try {
      return parsedTemplate(name, await readFile(this.#ownPath(name), 'utf8'))
    } catch (thrown) {
      if (isCode(thrown, 'ENOENT')) return null
      return { fault: toStudioError(thrown).message }
    }
  }

  async #readBuiltIn(name: PromptName): Promise<Template> {
    const path = join(this.#builtIn, `${name}.md`)
    try {
      return parsedTemplate(name, await readFile(path, 'utf8'))
    } catch (thrown) {
      throw new StudioError('internal', `The prompt template "${path}" cannot be used.`, {
        hint: 'Reinstall the studio.',
        cause: thrown
      })
    }
  }
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}

const HEAD = /^<!-- version (\d{1,4}) -->\s*\n# Instructions\s*\n([\s\S]+?)\n# Task\s*\n([\s\S]+)$/

/** @throws StudioError `prompt-invalid` that says what is missing */
export function parsedTemplate(name: PromptName, text: string): Template {
  const [, version, instructions, task] = HEAD.exec(text.slice(0, MOST_CHARACTERS).replaceAll('\r\n', '\n')) ?? []
  if (version === undefined || instructions === undefined || task === undefined) {
    throw new StudioError('prompt-invalid', `The template "${name}" lacks its version, "# Instructions" or "# Task".`)
  }
  const missing = PLACEHOLDERS[name].filter((placeholder) => !task.includes(`{{${placeholder}}}`))
  if (missing.length > 0) {
    const listed = missing.map((placeholder) => `{{${placeholder}}}`).join(', ')
    throw new StudioError('prompt-invalid', `The template "${name}" lacks ${listed} in its task.`)
  }
  return { version: Number(version), instructions: instructions.trim(), text: task.trim() }
}

/** In one go: what is filled in is never itself filled. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
}
