import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeTinyFlux } from '../../../scripts/models/tiny-flux/write-tiny-flux.ts'
import type { GenerateRequest } from '../../domain/engine.ts'
import { StudioError } from '../../domain/errors.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import type { OnProgress, Progress } from '../../domain/progress.ts'
import { type BuiltInEngine, createBuiltInEngine } from './builtin-engine.ts'
import { createLocalFlux, type LocalFlux, type LocalFluxOptions } from './local-flux.ts'
import { ModelMemory } from './model-memory.ts'
import { forkNodeChild } from './node-fork.ts'

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const processes = {
  engineEntry: beside('../../inference/process.ts'),
  execArgv: ['--import', 'tsx'],
  fork: forkNodeChild
}
const PHOTO = beside('../../../resources/sample/eileen-collins.jpg')

let folder = ''
let builtIn: BuiltInEngine
const opened: LocalFlux[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-local-flux-'))
  builtIn = createBuiltInEngine({ ...processes, resources: beside('../../../resources') })
})
afterAll(async () => {
  await Promise.all([builtIn.stop(), ...opened.map((flux) => flux.stop())])
  await rm(folder, { recursive: true })
})

function open(models: string, more: Partial<LocalFluxOptions> = {}): LocalFlux {
  const flux = createLocalFlux({ ...processes, models, aid: builtIn.aid, area: 256 * 256, ...more })
  opened.push(flux)
  return flux
}

async function generatorOf(flux: LocalFlux) {
  const [generator] = await flux.generators()
  if (!generator) throw new Error('There is no local FLUX.')
  return generator
}

async function withModel(id: string, family: Parameters<typeof writeTinyFlux>[1]): Promise<string> {
  const models = await mkdtemp(join(folder, 'models-'))
  await writeTinyFlux(join(models, id), family, { io: 'float32' })
  return models
}

async function request(changes: Partial<GenerateRequest> = {}): Promise<GenerateRequest> {
  return {
    references: [{ path: PHOTO, face: null }],
    parameters: parseParameters({ purpose: 'resume' }),
    brief: { prompt: 'A portrait in a park.', settings: { 'sampling.steps': 3 }, repairs: [] },
    seed: 5,
    longEdge: 512,
    outputFolder: await mkdtemp(join(folder, 'made-')),
    ...changes
  }
}

const context = (onProgress: OnProgress = () => undefined, signal = new AbortController().signal) => ({
  signal,
  onProgress
})

describe('createLocalFlux', { timeout: 240_000 }, () => {
  it('offers nothing while no model is installed, and the one that looks at photos when several are', async () => {
    const models = join(folder, 'several')
    const flux = open(models)
    expect(await flux.generators()).toEqual([])
    await mkdir(join(models, 'smolvlm-instruct'), { recursive: true })
    await mkdir(join(models, '.downloads', 'transformer.onnx'), { recursive: true })
    expect(await flux.generators()).toEqual([])
    await writeTinyFlux(join(models, 'flux1-schnell'), 'flux1-schnell', { io: 'float32' })
    await writeTinyFlux(join(models, 'flux2-klein-4b'), 'flux2-klein', { io: 'float32' })
    expect(await (await generatorOf(flux)).describe()).toMatchObject({
      engine: 'flux',
      kind: 'generative',
      label: 'FLUX.2 klein, on this machine',
      reason: 'Its weights are installed (flux2-klein-4b).',
      settings: { 'img2img.strength': 1, 'reference.strength': 0.5 }
    })
  })

  it('paints in the frame of the purpose, shows how it forms, and finishes larger', async () => {
    const generator = await generatorOf(open(await withModel('flux2-klein-4b', 'flux2-klein')))
    const progress: Progress[] = []
    const made = await generator.generate(
      await request(),
      context((told) => progress.push(told))
    )
    expect(made).toMatchObject({
      size: { width: 410, height: 512 },
      mediaType: 'image/png',
      sourceDetail: null,
      notes: []
    })
    expect(progress.flatMap(({ preview }) => preview ?? [])).toHaveLength(3)
    const inspection = await builtIn.examiner.inspect(made.path, context())
    // The tiny model paints what it is shown: the person, framed.
    expect(inspection).toMatchObject({ width: 410, height: 512, faces: [expect.anything()] })
    const finished = await generator.finish({ ...(await request()), attemptPath: made.path, longEdge: 2048 }, context())
    expect(finished).toMatchObject({
      size: { width: 1638, height: 2048 },
      notes: ['Painted at about a megapixel, and enlarged.']
    })
    // Bit depth of a PNG: https://www.w3.org/TR/png-3/#11IHDR
    const depth = async (path: string) => (await readFile(path)).readUInt8(24)
    expect([await depth(made.path), await depth(finished.path)]).toEqual([16, 16])
  })

  it('measures a prompt by the tokenizer of the model that would read it', async () => {
    const klein = await generatorOf(open(await withModel('flux2-klein-4b', 'flux2-klein')))
    const empty = await klein.promptLength?.('', context())
    // Bytes are tokens here; what Qwen's turn puts around them counts as well.
    expect(empty).toEqual({ length: '<user\n>\n<assistant\n<\n\n>\n\n'.length, most: 512, unit: 'tokens' })
    const long = 'A portrait in a park. '.repeat(30)
    expect((await klein.promptLength?.(long, context()))?.length).toBe((empty?.length ?? 0) + long.length)
    const schnell = await generatorOf(open(await withModel('flux1-schnell', 'flux1-schnell')))
    // T5: a space before the first word, each letter, and the end.
    expect(await schnell.promptLength?.('A b', context())).toEqual({ length: 5, most: 256, unit: 'tokens' })
  })

  it.skipIf(process.platform === 'win32')('measures a prompt while it paints', async () => {
    const flux = open(await withModel('flux2-klein-4b', 'flux2-klein'))
    const generator = await generatorOf(flux)
    let measured: ReturnType<NonNullable<typeof generator.promptLength>> | undefined
    const made = await generator.generate(
      await request(),
      context(({ activity }) => {
        const { pid } = flux
        if (activity !== 'Painting' || pid === undefined || measured) return
        // Not painted any further until the prompt has been measured.
        process.kill(pid, 'SIGSTOP')
        measured = generator.promptLength?.('A portrait.', context())
        void measured?.finally(() => process.kill(pid, 'SIGCONT'))
      })
    )
    expect(await measured).toMatchObject({ unit: 'tokens' })
    expect(made.size).toEqual({ width: 410, height: 512 })
  })

  it('starts from the photo where the model cannot look at one', async () => {
    const generator = await generatorOf(open(await withModel('flux1-schnell', 'flux1-schnell')))
    expect(await generator.describe()).toMatchObject({ settings: { 'img2img.strength': 0.65 } })
    const brief = { prompt: 'A portrait.', settings: { 'img2img.strength': 0.4, 'sampling.steps': 10 }, repairs: [] }
    const progress: Progress[] = []
    await generator.generate(
      await request({ brief }),
      context((told) => progress.push(told))
    )
    // Of ten steps those are left out that would change more.
    expect(progress.flatMap(({ preview }) => preview ?? [])).toHaveLength(4)
  })

  it('paints the same again after its process was killed in the midst', async () => {
    const flux = open(await withModel('flux2-klein-4b', 'flux2-klein'))
    const generator = await generatorOf(flux)
    const order = await request()
    const cut = generator.generate(
      order,
      context(({ activity }) => {
        if (activity === 'Painting' && flux.pid !== undefined) process.kill(flux.pid, 'SIGKILL')
      })
    )
    await expect(cut).rejects.toMatchObject({ code: 'engine-out-of-memory' })
    const one = await generator.generate(await request(), context())
    const other = await generator.generate(await request(), context())
    expect(await readFile(one.path)).toEqual(await readFile(other.path))
  })

  it('says of which photos it is shown none', async () => {
    const references = Array.from({ length: 3 }, () => ({ path: PHOTO, face: null }))
    const notesOf = async (id: string, family: Parameters<typeof writeTinyFlux>[1]) => {
      const generator = await generatorOf(open(await withModel(id, family)))
      const { abilities } = await generator.describe()
      return { notes: (await generator.generate(await request({ references }), context())).notes, abilities }
    }
    const kontext = await notesOf('flux1-kontext-dev', 'flux1-kontext')
    expect(kontext.notes).toEqual(['The model was shown 1 of 3 reference photos.'])
    expect(kontext.abilities[0]).toContain('others are not shown')
    expect((await notesOf('flux2-klein-4b', 'flux2-klein')).notes).toEqual([])
  })

  it('stops when it is told to, and goes on with the next', async () => {
    const generator = await generatorOf(open(await withModel('flux1-dev', 'flux1-dev')))
    const cancel = new AbortController()
    const work = generator.generate(
      await request(),
      context(({ activity }) => activity === 'Painting' && cancel.abort(), cancel.signal)
    )
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
    expect((await generator.generate(await request(), context())).size.height).toBe(512)
  })

  it('asks other models for their memory where there is too little, once', async () => {
    let asked = 0
    const memory = new ModelMemory()
    const other = memory.join({ held: () => 1, release: async () => void asked++ })
    const models = await withModel('flux2-klein-4b', 'flux2-klein')
    const flux = open(models, { memoryBytes: 1024 ** 2, memory })
    await expect((await generatorOf(flux)).generate(await request(), context())).rejects.toMatchObject({
      code: 'engine-out-of-memory',
      message: expect.stringMatching(/takes about \d+\.\d GB of memory/)
    })
    expect([asked, other.heldByOthers()]).toEqual([1, 0])
    const enough = open(models, { memory })
    await (await generatorOf(enough)).generate(await request(), context())
    // What a vision-language model may count on, since the generator gives it back when it is asked.
    expect(other.heldByOthers()).toBeGreaterThan(1000)
    const short = async () => {
      throw new StudioError('engine-out-of-memory', 'too little', { details: { needed: 1 } })
    }
    await expect(other.retrying(short, context())).rejects.toMatchObject({ code: 'engine-out-of-memory' })
    expect([enough.pid, other.heldByOthers()]).toEqual([undefined, 0])
    const whilePainting: number[] = []
    await (await generatorOf(enough)).generate(
      await request(),
      context(({ activity }) => activity === 'Painting' && whilePainting.push(other.heldByOthers()))
    )
    // The process that painted first is gone, and with it what it held; the next tells what it holds once it has painted.
    expect([...new Set(whilePainting)]).toEqual([0])
    expect(other.heldByOthers()).toBeGreaterThan(1000)
    await enough.stop()
    expect([asked, other.heldByOthers()]).toEqual([2, 0])
  })

  it('says what is wrong with a model, and keeps nobody from the other engines', async () => {
    const models = await withModel('flux2-klein-4b', 'flux2-klein')
    await rm(join(models, 'flux2-klein-4b', 'vae_decoder.onnx'))
    const generator = await generatorOf(open(models))
    expect((await generator.describe()).reason).toMatch(/cannot be used: .*vae_decoder\.onnx/)
    await expect(generator.generate(await request(), context())).rejects.toMatchObject({ code: 'model-missing' })
    await cp(join(models, 'flux2-klein-4b', 'vae_encoder.onnx'), join(models, 'flux2-klein-4b', 'vae_decoder.onnx'))
    await expect(generator.generate(await request(), context())).rejects.toMatchObject({ code: 'model-unsupported' })
    await writeFile(join(models, 'flux2-klein-4b', 'vae_decoder.onnx'), 'no model')
    await expect(generator.generate(await request(), context())).rejects.toMatchObject({ code: 'model-damaged' })
  })
})
