import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MODEL_MANIFEST_FILE, type ModelManifest } from '../../src/contract/model-manifest.ts'
import type { BuiltInModel } from '../../src/domain/built-in-models.ts'
import { StudioError } from '../../src/domain/errors.ts'
import { writeWholeFile } from '../../src/inference/pixels/write-file.ts'
import { sha256 } from '../files/sha256.ts'
import { type CatalogueModel, readCatalogue } from './catalogue.ts'
import { convertModel } from './convert-model.ts'

export interface ModelOutcome {
  readonly id: BuiltInModel
  readonly bytes: number
  /** Whether the file was already there and right. */
  readonly kept: boolean
}

/**
 * Fills a folder with the built-in models and their manifest; what is there and right is left alone.
 *
 * @throws StudioError `model-missing`, `model-damaged`, `model-unsupported`, and what the file system raises.
 */
export async function buildModels(folder: string, onModel: (outcome: ModelOutcome) => void): Promise<void> {
  await mkdir(folder, { recursive: true })
  const models: ModelManifest['models'] = []
  for (const model of readCatalogue()) {
    const file = `${model.id}.onnx`
    const path = join(folder, file)
    const there = await readOrNull(path)
    const kept = there !== null && sha256(there) === model.sha256
    const bytes = kept ? there : await convertPinned(model)
    if (!kept) await writeWholeFile(path, bytes)
    onModel({ id: model.id, bytes: bytes.length, kept })
    const { id, inputs, outputs } = model
    models.push({ id, file, bytes: bytes.length, sha256: model.sha256, inputs, outputs })
  }
  await writeManifest(join(folder, MODEL_MANIFEST_FILE), { schemaVersion: 1, models })
}

async function convertPinned(model: CatalogueModel): Promise<Uint8Array> {
  const bytes = await convertModel(model)
  const made = sha256(bytes)
  if (made === model.sha256) return bytes
  throw new StudioError('model-damaged', `The conversion of "${model.id}" made a file with SHA-256 ${made}.`, {
    hint: 'If the converter was changed on purpose, compare the models (npm test) and pin this sum in the catalogue.'
  })
}

async function writeManifest(path: string, manifest: ModelManifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  if ((await readOrNull(path))?.toString('utf8') !== text) await writeWholeFile(path, Buffer.from(text))
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
