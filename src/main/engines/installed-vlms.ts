import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { memoryNeed } from '../../domain/local-vlm/memory-need.ts'
import { MODEL_FAMILIES, modelConfigSchema } from '../../domain/local-vlm/model-family.ts'
import { chooseWeights } from '../../domain/local-vlm/weight-files.ts'

/** A vision-language model on this machine that can be run by its files. */
export interface InstalledVlm {
  readonly name: string
  readonly folder: string
  /** Bytes of its weights, and of the memory they take at most. */
  readonly bytes: number
  readonly memory: number
}

/** The vision-language models in a folder of models, the largest, which are the ablest, first. */
export async function installedVlms(modelsFolder: string): Promise<InstalledVlm[]> {
  const entries = await readdir(modelsFolder, { withFileTypes: true }).catch(() => [])
  // Downloads, and what was removed, have a dot before their names.
  const names = entries.filter((entry) => !entry.name.startsWith('.')).map(({ name }) => name)
  const found = await Promise.all(names.map((name) => vlmIn(join(modelsFolder, name))))
  return found.filter((vlm) => vlm !== null).sort((a, b) => b.bytes - a.bytes)
}

/** The model that a folder holds; null where it holds none, or one that lacks files. */
export async function vlmIn(folder: string): Promise<InstalledVlm | null> {
  try {
    const config = modelConfigSchema.parse(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')))
    if (!MODEL_FAMILIES.has(config.model_type)) return null
    const onnx = join(folder, 'onnx')
    const files = await Promise.all(
      (await readdir(onnx)).map(async (name) => ({ name, bytes: (await stat(join(onnx, name))).size }))
    )
    const weights = chooseWeights(files, 'processor')
    if ('missing' in weights) return null
    return {
      name: basename(resolve(folder)),
      folder,
      bytes: weights.bytes,
      memory: memoryNeed(weights, 'processor')
    }
  } catch {
    return null
  }
}
