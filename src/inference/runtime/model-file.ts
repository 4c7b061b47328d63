import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { MODEL_MANIFEST_FILE, modelManifestSchema } from '../../contract/model-manifest.ts'
import type { BuiltInModel } from '../../domain/built-in-models.ts'
import { StudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import { resourcePath } from './resources.ts'

/**
 * The bytes of a built-in model, which are those that its manifest lists.
 *
 * @throws StudioError `model-missing`, `model-damaged`.
 */
export async function readModelFile(model: BuiltInModel): Promise<Uint8Array> {
  const manifest = await readManifest()
  const listed = manifest.models.find(({ id }) => id === model)
  if (!listed) throw new StudioError('model-missing', `The manifest does not list the built-in model "${model}".`)
  const bytes = await readFile(resourcePath('models', listed.file)).catch((cause: unknown) => {
    throw new StudioError('model-missing', say('error-built-in-model-gone', { model }), { cause })
  })
  if (createHash('sha256').update(bytes).digest('hex') !== listed.sha256) {
    throw new StudioError('model-damaged', say('error-built-in-model-other', { model }))
  }
  return bytes
}

async function readManifest() {
  const path = resourcePath('models', MODEL_MANIFEST_FILE)
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StudioError('model-missing', say('error-built-in-models-gone'), { cause })
  })
  try {
    return modelManifestSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new StudioError('model-damaged', 'The manifest of the built-in models cannot be read.', { cause })
  }
}
