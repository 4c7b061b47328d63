import { copyFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeModel, openModel } from './open-model.ts'
import { tinyModelFolder } from './tiny-model.fixture.ts'

const context = { signal: new AbortController().signal, onProgress: () => {} }
let folder: string
const open = (memoryShare = 1) => openModel({ folder, memoryShare }, context)

beforeEach(async () => {
  folder = await tinyModelFolder()
})
afterEach(async () => {
  await closeModel()
  await rm(folder, { recursive: true, force: true })
})

describe('openModel', () => {
  it('says what the model runs on, and opens it once', async () => {
    const first = await open()
    expect(first.runsOn).toMatch(/^onnxruntime [\d.]+, \w+, fp32/)
    expect((await open()).model).toBe(first.model)
  })

  it.each([
    ['config.json'],
    ['tokenizer.json'],
    ['tokenizer_config.json'],
    ['preprocessor_config.json'],
    ['processor_config.json'],
    ['onnx/vision_encoder.onnx'],
    ['onnx/decoder_model_merged.onnx']
  ])('names a model without %s', async (name) => {
    await rm(join(folder, name))
    await expect(open()).rejects.toMatchObject({ code: 'model-missing', hint: expect.stringContaining('nstall') })
  })

  it('names a folder that is not there', async () => {
    await rm(folder, { recursive: true })
    await expect(open()).rejects.toMatchObject({ code: 'model-missing' })
  })

  it.each([
    ['config.json', 20],
    ['tokenizer.json', 400],
    ['preprocessor_config.json', 30],
    ['onnx/vision_encoder.onnx', 300],
    ['onnx/embed_tokens.onnx', 1000],
    ['onnx/decoder_model_merged.onnx', 0]
  ])('names a %s that was cut short', async (name, bytes) => {
    await truncate(join(folder, name), bytes)
    await expect(open()).rejects.toMatchObject({ code: 'model-damaged' })
  })

  it('names files of another model', async () => {
    await copyFile(join(folder, 'onnx/embed_tokens.onnx'), join(folder, 'onnx/vision_encoder.onnx'))
    await expect(open()).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining('vision_encoder')
    })
    await writeFile(join(folder, 'config.json'), JSON.stringify({ model_type: 'whisper' }))
    await expect(open()).rejects.toMatchObject({ code: 'model-unsupported', hint: expect.stringContaining('SmolVLM') })
  })

  it('refuses a model that would not fit into the share of memory it may take', async () => {
    await expect(open(1e-6)).rejects.toMatchObject({ code: 'engine-out-of-memory' })
    // Nothing of the failure is left.
    expect((await open()).contextLength).toBe(16_384)
  })
})
