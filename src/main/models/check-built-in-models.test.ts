import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ModelManifest } from '../../contract/model-manifest.ts'
import { BUILT_IN_MODELS } from '../../domain/built-in-models.ts'
import { checkBuiltInModels } from './check-built-in-models.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-check-'))
  const models: ModelManifest['models'] = []
  for (const id of BUILT_IN_MODELS) {
    const content = `the ${id} model`
    const sha256 = createHash('sha256').update(content).digest('hex')
    models.push({ id, file: `${id}.onnx`, bytes: content.length, sha256, inputs: ['input'], outputs: ['output'] })
    await writeFile(join(folder, `${id}.onnx`), content)
  }
  const manifest: ModelManifest = { schemaVersion: 1, models }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
})
afterEach(() => rm(folder, { recursive: true }))

describe('checkBuiltInModels', () => {
  it('is content with what was built', async () => {
    await expect(checkBuiltInModels(folder)).resolves.toBeUndefined()
  })

  it('names the models that are missing', async () => {
    await rm(join(folder, 'face-detection.onnx'))
    await expect(checkBuiltInModels(folder)).rejects.toMatchObject({
      code: 'model-missing',
      message: 'Models are missing: face-detection.'
    })
    await rm(join(folder, 'manifest.json'))
    await expect(checkBuiltInModels(folder)).rejects.toMatchObject({ code: 'model-missing' })
  })

  it('names the models that are not what was built', async () => {
    await writeFile(join(folder, 'person-parsing.onnx'), 'cut sh')
    await expect(checkBuiltInModels(folder)).rejects.toMatchObject({
      code: 'model-damaged',
      message: 'Models are damaged: person-parsing.'
    })
    await writeFile(join(folder, 'manifest.json'), '{}')
    await expect(checkBuiltInModels(folder)).rejects.toMatchObject({ code: 'model-damaged' })
  })
})
