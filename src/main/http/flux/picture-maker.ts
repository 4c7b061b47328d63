import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineDescription, GeneratorAid, ImageGenerator } from '../../../domain/engine.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { Size } from '../../../domain/geometry.ts'
import type { CallContext, OnProgress } from '../../../domain/progress.ts'
import { parametersOfPrompt, purposeOfSize } from '../../../domain/rules/parameters-of-prompt.ts'
import { Turns } from '../../engines/turns.ts'

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

export interface PictureMakerOptions {
  readonly generator: ImageGenerator
  readonly aid: GeneratorAid
  /** What is made lies here until it has been sent. */
  readonly folder: string
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
   * A PNG of exactly the size that was asked for.
   * @param onProgress told how the engine gets on
   * @throws StudioError `queue-full`, those of the engine, `cancelled`
   */
  async make(order: PictureOrder, signal: AbortSignal, onProgress: OnProgress = () => undefined): Promise<Buffer> {
    if (this.#asked > this.#options.queueLength) {
      throw new StudioError('queue-full', `${this.#asked} pictures are asked for already.`)
    }
    this.#asked += 1
    try {
      return await this.#turns.run(signal, () => this.#make(order, { signal, onProgress }))
    } finally {
      this.#asked -= 1
    }
  }

  async #make(order: PictureOrder, context: CallContext): Promise<Buffer> {
    const { prompt, negativePrompt, pictures, size, seed, steps, guidance } = order
    const { generator, aid, folder } = this.#options
    await mkdir(folder, { recursive: true })
    const outputFolder = await mkdtemp(join(folder, 'picture-'))
    try {
      const settings = {
        ...(steps !== undefined && { 'sampling.steps': steps }),
        ...(guidance !== undefined && { 'sampling.guidance': guidance })
      }
      if (pictures.length === 0 && (await generator.describe()).kind !== 'generative') {
        throw new StudioError('engine-refused', 'This server makes pictures of people in photos: send one.')
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
      return await readFile(outputPath)
    } finally {
      await rm(outputFolder, { recursive: true, force: true })
    }
  }
}
