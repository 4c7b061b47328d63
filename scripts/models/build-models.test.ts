import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MODEL_MANIFEST_FILE, type ModelManifest, modelManifestSchema } from '../../src/contract/model-manifest.ts'
import { BUILT_IN_MODELS } from '../../src/domain/built-in-models.ts'
import { sha256 } from '../files/sha256.ts'
import { buildModels, type ModelOutcome } from './build-models.ts'
import { readCatalogue } from './catalogue.ts'
import { readSources } from './source-files.ts'

let folder = ''
let first: ModelOutcome[] = []

const build = async () => {
  const outcomes: ModelOutcome[] = []
  await buildModels(folder, (outcome) => outcomes.push(outcome))
  return outcomes
}
const manifest = async (): Promise<ModelManifest> =>
  modelManifestSchema.parse(JSON.parse(await readFile(join(folder, MODEL_MANIFEST_FILE), 'utf8')))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-built-'))
  first = await build()
})
afterAll(() => rm(folder, { recursive: true }))

describe('buildModels', () => {
  it('builds every model, with the sums that are pinned', async () => {
    expect(first.map(({ id }) => id).sort()).toEqual([...BUILT_IN_MODELS].sort())
    expect(first.every(({ kept }) => !kept)).toBe(true)
    for (const { file, sha256: listed, bytes } of (await manifest()).models) {
      const built = await readFile(join(folder, file))
      expect(sha256(built)).toBe(listed)
      expect(built.length).toBe(bytes)
    }
  })

  it('names the tensors as the manifest says', async () => {
    for (const { file, inputs, outputs } of (await manifest()).models) {
      const session = await ort.InferenceSession.create(join(folder, file))
      expect(session.inputNames).toEqual(inputs)
      expect(session.outputNames).toEqual(outputs)
      await session.release()
    }
  })

  it('leaves alone what is right and mends what is not', async () => {
    const right = join(folder, 'face-landmarks.onnx')
    const { mtimeMs } = await stat(right)
    await writeFile(join(folder, 'face-expression.onnx'), 'cut short')
    await rm(join(folder, 'eye-contours.onnx'))
    await writeFile(join(folder, MODEL_MANIFEST_FILE), '{')

    const again = await build()
    const built = again.filter(({ kept }) => !kept).map(({ id }) => id)
    expect(built.sort()).toEqual(['eye-contours', 'face-expression'])
    expect((await stat(right)).mtimeMs).toBe(mtimeMs)
    expect((await manifest()).models).toHaveLength(BUILT_IN_MODELS.length)
  })
})

describe('readSources', () => {
  const [model] = readCatalogue()
  if (!model) throw new Error('The catalogue is empty.')

  it('refuses a file that is not the pinned one', async () => {
    const files: typeof model.files = [{ ...model.files[0], sha256: '0'.repeat(64) }]
    await expect(readSources({ ...model, files })).rejects.toMatchObject({ code: 'model-damaged' })
  })

  it('names the package whose file is not there', async () => {
    const files: typeof model.files = [{ ...model.files[0], path: 'gone.tflite' }]
    await expect(readSources({ ...model, files })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(`${model.package.name} ${model.package.version}`)
    })
  })
})
