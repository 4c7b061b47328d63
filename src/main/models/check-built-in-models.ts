import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MODEL_MANIFEST_FILE, type ModelManifest, modelManifestSchema } from '../../contract/model-manifest.ts'
import { BUILT_IN_MODELS, type BuiltInModel } from '../../domain/built-in-models.ts'
import { StudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'

/**
 * Whether every built-in model is there and is the file that was built.
 *
 * @param folder The models folder of the resources.
 * @throws StudioError `model-missing`, `model-damaged`, naming the models.
 */
export async function checkBuiltInModels(folder: string): Promise<void> {
  const manifest = await readManifest(folder)
  const missing: BuiltInModel[] = []
  const damaged: BuiltInModel[] = []
  for (const id of BUILT_IN_MODELS) {
    const listed = manifest.models.find((model) => model.id === id)
    const bytes = listed ? await readFile(join(folder, listed.file)).catch(() => null) : null
    if (!listed || !bytes) missing.push(id)
    else if (createHash('sha256').update(bytes).digest('hex') !== listed.sha256) damaged.push(id)
  }
  if (missing.length > 0) throw new StudioError('model-missing', `Models are missing: ${missing.join(', ')}.`)
  if (damaged.length > 0) throw new StudioError('model-damaged', `Models are damaged: ${damaged.join(', ')}.`)
}

async function readManifest(folder: string): Promise<ModelManifest> {
  const text = await readFile(join(folder, MODEL_MANIFEST_FILE), 'utf8').catch((cause: unknown) => {
    throw new StudioError('model-missing', say('error-built-in-models-gone'), { cause })
  })
  try {
    return modelManifestSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new StudioError('model-damaged', 'The manifest of the built-in models cannot be read.', { cause })
  }
}
