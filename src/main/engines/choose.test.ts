import { describe, expect, it } from 'vitest'
import type { EngineDescription, Examiner, ImageGenerator } from '../../domain/engine.ts'
import { sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { createEngineChooser } from './choose.ts'
import { createRulesVlm } from './rules-vlm.ts'

const unused = () => Promise.reject(new Error('nobody asked for this'))
const describing = (engine: string): { describe(): Promise<EngineDescription> } => ({
  describe: async () => ({ engine, version: '1', label: engine, kind: 'generative', abilities: [], reason: 'its own' })
})

class FoundGenerator implements ImageGenerator {
  readonly #name: string
  constructor(name: string) {
    this.#name = name
  }
  describe() {
    return describing(this.#name).describe()
  }
  generate: ImageGenerator['generate'] = async () => ({
    path: this.#name,
    mediaType: 'image/png',
    size: { width: 1, height: 1 },
    sourceDetail: null,
    limitations: [],
    notes: []
  })
  finish: ImageGenerator['finish'] = unused
  promptLength: NonNullable<ImageGenerator['promptLength']> = async ({ length }) => ({
    length,
    most: 9,
    unit: 'tokens'
  })
}

const examiner: Examiner = { ...describing('measure'), inspect: unused, measure: unused, preview: unused }
const JOB = sampleJob()

function chooser(environment: { generator?: string; vlm?: string } = {}) {
  const generators = [new FoundGenerator('flux'), new FoundGenerator('retouch')]
  return createEngineChooser({ examiner, generators: async () => generators, vlms: [createRulesVlm()], environment })
}

const generatorFor = async (asked: string | null, environment?: { generator?: string }) =>
  await (await chooser(environment)(JOB, asked, null)).generator.describe()

describe('the generator', () => {
  it('is the preferred one when nobody names any, and speaks for itself', async () => {
    expect(await generatorFor(null)).toMatchObject({ engine: 'flux', reason: 'its own' })
  })

  it('is the one the order names, before the one the environment names', async () => {
    expect(await generatorFor('retouch', { generator: 'flux' })).toMatchObject({
      engine: 'retouch',
      reason: 'The order names it.'
    })
  })

  it('is the one the environment names, whatever its case', async () => {
    expect(await generatorFor(null, { generator: ' Retouch' })).toMatchObject({
      engine: 'retouch',
      reason: 'The environment names it.'
    })
  })

  it('still works when it says why it was chosen', async () => {
    const { generator } = await chooser()(JOB, 'retouch', null)
    const context = { signal: new AbortController().signal, onProgress: () => {} }
    const made = await generator.generate(
      {
        references: [],
        parameters: JOB.parameters,
        brief: { prompt: '', settings: {}, repairs: [] },
        seed: 1,
        longEdge: 8,
        outputFolder: ''
      },
      context
    )
    expect(made.path).toBe('retouch')
    expect(await generator.promptLength?.('a b', context)).toEqual({ length: 3, most: 9, unit: 'tokens' })
  })
})

it('refuses a name there is not, and says which there are', async () => {
  await expect(chooser()(JOB, 'dall-e', null)).rejects.toMatchObject({
    code: 'engine-unknown',
    hint: 'Choose one of: flux, retouch.',
    details: { engines: ['flux', 'retouch'] }
  })
  await expect(chooser({ vlm: 'gpt' })(JOB, null, null)).rejects.toMatchObject({ code: 'engine-unknown' })
})
