import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineDescription, GeneratorAid, ImageGenerator } from '../../../domain/engine.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { Size } from '../../../domain/geometry.ts'
import type { CallContext, OnProgress } from '../../../domain/progress.ts'
import { parametersOfPrompt, purposeOfSize } from '../../../domain/rules/parameters-of-prompt.ts'
import { Turns } from '../../engines/turns.ts'
import type { ScratchFolders } from '../../jobs/scratch-folders.ts'

/** A picture that somebody asks this server for. */
export interface PictureOrder {
  readonly prompt: string
  readonly negativePrompt?: string | undefined
  /** Files that may be shown to the engine. */
  readonly pictures: readonly string[]
  readonly size: Size
  readonly seed: number
  readonly steps?: number | undefined
  readonly guidance?: number | undefined
}

/** Folders for what a request brings and gets; each is removed with it. */
export type RequestFolders = Pick<ScratchFolders, 'create' | 'remove'>

/** Watches a picture form. */
export interface PictureWatcher {
  readonly onProgress: OnProgress
  /** Once it has read the previews it was told of, which are removed then. */
  told(): Promise<void>
}

const NOBODY: PictureWatcher = { onProgress: () => undefined, told: async () => undefined }

/**
 * Makes the picture of an order that was taken in: a PNG of exactly the size that was asked for.
 * @throws StudioError those of the engine, `cancelled`
 */
export type MakePicture = (signal: AbortSignal, watcher?: PictureWatcher) => Promise<Buffer>

export interface PictureMakerOptions {
  readonly generator: ImageGenerator
  readonly aid: GeneratorAid
  /** What is made lies in one of them until it has been read. */
  readonly folders: RequestFolders
  /** Orders that may wait besides the one at work. */
  readonly queueLength: number
}

/** Makes the pictures that clients of this server ask for, one after the other, and refuses what would wait too long. */
export class PictureMaker {
  readonly #options: PictureMakerOptions
  readonly #turns = new Turns()
  #asked = 0

  constructor(options: PictureMakerOptions) {
    this.#options = options
  }

  /** Orders at work and waiting. */
  get asked(): number {
    return this.#asked
  }

  async describe(): Promise<EngineDescription> {
    return await this.#options.generator.describe()
  }

  /**
   * Takes an order in, or refuses it at once. It keeps its place until what is returned has been called and has ended.
   * @throws StudioError `queue-full`; `engine-refused`, `engine-unavailable` of what no waiting would help
   */
  async admit(order: PictureOrder): Promise<MakePicture> {
    if (this.#asked > this.#options.queueLength) {
      throw new StudioError('queue-full', `${this.#asked} pictures are asked for already.`)
    }
    this.#asked += 1
    try {
      await this.#requireEngine(order)
    } catch (thrown) {
      this.#asked -= 1
      throw thrown
    }
    return async (signal, watcher = NOBODY) => {
      try {
        return await this.#turns.run(signal, () => this.#make(order, signal, watcher))
      } finally {
        this.#asked -= 1
      }
    }
  }

  async #requireEngine({ pictures }: PictureOrder): Promise<void> {
    const { kind, unavailable } = await this.#options.generator.describe()
    if (unavailable !== undefined) {
      throw new StudioError('engine-unavailable', unavailable, {
        hint: 'Whoever runs this server sees more with: apex-studio doctor'
      })
    }
    if (pictures.length === 0 && kind !== 'generative') {
      throw new StudioError('engine-refused', 'This server makes pictures of people in photos: send one.')
    }
  }

  async #make(order: PictureOrder, signal: AbortSignal, watcher: PictureWatcher): Promise<Buffer> {
    const { prompt, negativePrompt, pictures, size, seed, steps, guidance } = order
    const { generator, aid, folders } = this.#options
    const context: CallContext = { signal, onProgress: watcher.onProgress }
    const outputFolder = await folders.create()
    try {
      const settings = {
        ...(steps !== undefined && { 'sampling.steps': steps }),
        ...(guidance !== undefined && { 'sampling.guidance': guidance })
      }
      const { path } = await generator.generate(
        {
          references: pictures.map((each) => ({ path: each, face: null })),
          parameters: { ...parametersOfPrompt(prompt), purpose: purposeOfSize(size) },
          brief: { prompt, ...(negativePrompt !== undefined && { negativePrompt }), settings, repairs: [] },
          seed,
          longEdge: Math.max(size.width, size.height),
          outputFolder
        },
        context
      )
      const outputPath = join(outputFolder, 'as-asked.png')
      // As clients of the Images API expect it, and half as large.
      await aid.frame({ path, size, outputPath, mostBits: 8 }, context)
      const picture = await readFile(outputPath)
      await watcher.told()
      return picture
    } finally {
      await folders.remove(outputFolder)
    }
  }
}
