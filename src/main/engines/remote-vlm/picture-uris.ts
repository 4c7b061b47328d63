import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Exporter } from '../../../domain/engine.ts'
import { toStudioError } from '../../../domain/errors.ts'
import type { CallContext } from '../../../domain/progress.ts'
import type { ServerAbilities } from './server-abilities.ts'

/** Pictures a job asks about again and again: its references and the attempts so far, some sizes of each. */
const MOST_KEPT = 24

/** Makes pictures small outside this process, which decodes none. */
export type Reducer = Pick<Exporter, 'preview' | 'sideBySide'>

/** Pictures as data URIs (RFC 2397) of the size that a server takes, each made once for all the questions about it. */
export class PictureUris {
  readonly #reducer: Reducer
  readonly #kept = new Map<string, Promise<string>>()

  constructor(reducer: Reducer) {
    this.#reducer = reducer
  }

  /** One for each picture, or one for all. @throws StudioError of the picture, `cancelled` */
  async of(
    paths: readonly string[],
    { pictures, longEdge }: Pick<ServerAbilities, 'pictures' | 'longEdge'>,
    context: CallContext
  ): Promise<string[]> {
    if (paths.length > 1 && pictures === 'one') return [await this.#kindOf('joined', paths, longEdge, context)]
    return await Promise.all(paths.map((path) => this.#kindOf('single', [path], longEdge, context)))
  }

  async #kindOf(kind: string, paths: readonly string[], longEdge: number, context: CallContext): Promise<string> {
    const key = JSON.stringify([kind, longEdge, await Promise.all(paths.map(versionOf))])
    const made = this.#kept.get(key) ?? this.#make(paths, longEdge, context)
    this.#keep(key, made)
    return await made
  }

  #keep(key: string, made: Promise<string>): void {
    this.#kept.delete(key)
    this.#kept.set(key, made)
    made.catch(() => this.#kept.delete(key))
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest)
  }

  async #make(paths: readonly string[], longEdge: number, context: CallContext): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'apex-vlm-'))
    try {
      const outputPath = join(folder, 'picture.jpg')
      const [first = '', ...others] = paths
      const quiet = { ...context, onProgress: () => {} }
      if (others.length === 0) await this.#reducer.preview({ path: first, longEdge, outputPath }, quiet)
      else await this.#reducer.sideBySide({ paths: [...paths], longEdge, outputPath }, quiet)
      return `data:image/jpeg;base64,${await readFile(outputPath, 'base64')}`
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** What a file is named by and held: another picture written to the same path counts as another. */
async function versionOf(path: string): Promise<readonly [string, number, number]> {
  const { size, mtimeMs } = await stat(path).catch((thrown: unknown) => {
    throw toStudioError(thrown)
  })
  return [path, size, mtimeMs]
}
