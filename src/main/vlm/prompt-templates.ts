import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import {
  fillPrompt,
  MOST_PROMPT_CHARACTERS,
  PROMPT_NAMES,
  type PromptName,
  type PromptState,
  type PromptTemplate,
  type PromptValues,
  parsePrompt
} from '../../domain/prompting/prompt-template.ts'
import { writeSmallFile } from '../files/small-file.ts'

export interface FilledPrompt {
  readonly instructions: string
  readonly text: string
}

/** A copy of the user's own, with why it cannot be used. */
interface OwnPrompt {
  readonly text: string
  readonly template: PromptTemplate | { readonly fault: string }
}

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

  async fill<N extends PromptName>(name: N, values: PromptValues<N>): Promise<FilledPrompt> {
    const own = await this.#readOwn(name)
    const { instructions, text } =
      own && !('fault' in own.template) ? own.template : (await this.#readBuiltIn(name)).template
    return { instructions, text: fillPrompt(text, values) }
  }

  async list(): Promise<PromptState[]> {
    return await Promise.all(PROMPT_NAMES.map((name) => this.state(name)))
  }

  async state(name: PromptName): Promise<PromptState> {
    const [own, { text, template }] = await Promise.all([this.#readOwn(name), this.#readBuiltIn(name)])
    const builtIn = { version: template.version, text }
    if (own === null) return { name, version: builtIn.version, text, isOwn: false, fault: null, builtIn }
    const read = own.template
    if ('fault' in read) return { name, version: 0, text: own.text, isOwn: true, fault: read.fault, builtIn }
    return { name, version: read.version, text: own.text, isOwn: true, fault: null, builtIn }
  }

  /** Where the user's own copy lies or would lie. */
  path(name: PromptName): string {
    return join(this.#own, `${name}.md`)
  }

  /** A copy of the user's own to be edited; one that is there stays as it is. Resolves to its path. */
  async copy(name: PromptName): Promise<string> {
    const path = this.path(name)
    const { text } = await this.#readBuiltIn(name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text, { flag: 'wx' }).catch((thrown: unknown) => {
      if (!isCode(thrown, 'EEXIST')) throw toStudioError(thrown)
    })
    return path
  }

  /**
   * Keeps words of the user's own; those of the studio need no copy.
   * @throws StudioError `prompt-invalid` that says what is wrong; what was there stays. And of the drive.
   */
  async save(name: PromptName, text: string): Promise<void> {
    parsePrompt(name, text)
    if (text === (await this.#readBuiltIn(name)).text) return await this.reset(name)
    const path = this.path(name)
    try {
      await mkdir(dirname(path), { recursive: true })
      writeSmallFile(path, text)
    } catch (thrown) {
      throw toStudioError(thrown)
    }
  }

  /** Removes the user's own copy: the one that comes with the studio holds again. */
  async reset(name: PromptName): Promise<void> {
    await rm(this.path(name), { force: true })
  }

  async #readOwn(name: PromptName): Promise<OwnPrompt | null> {
    let text = ''
    try {
      text = await readFile(this.path(name), 'utf8')
      return { text, template: parsePrompt(name, text) }
    } catch (thrown) {
      if (isCode(thrown, 'ENOENT')) return null
      return { text: text.slice(0, MOST_PROMPT_CHARACTERS), template: { fault: toStudioError(thrown).message } }
    }
  }

  async #readBuiltIn(name: PromptName): Promise<{ readonly text: string; readonly template: PromptTemplate }> {
    const path = join(this.#builtIn, `${name}.md`)
    try {
      const text = await readFile(path, 'utf8')
      return { text, template: parsePrompt(name, text) }
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
