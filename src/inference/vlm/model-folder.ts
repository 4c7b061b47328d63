import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import {
  MODEL_FAMILIES,
  type ModelFamily,
  modelConfigSchema,
  RUNNABLE_MODELS
} from '../../domain/local-vlm/model-family.ts'
import type { WeightFile } from '../../domain/local-vlm/weight-files.ts'

/** Without the tokens of pictures it would be of no use; what a config that is silent means, by Llama's default. */
const DEFAULT_CONTEXT = 2048

export interface ModelFolder {
  readonly family: ModelFamily
  readonly modelType: string
  /** Tokens that the model takes. */
  readonly contextLength: number
  /** What lies in its folder `onnx`. */
  readonly weights: readonly WeightFile[]
}

/** Files that have to be there beside the sessions. */
const FILES = ['preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'] as const

/** @throws StudioError `model-missing`, `model-damaged`, `model-unsupported`. */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const config = await readConfig(join(folder, 'config.json'), folder)
  const family = MODEL_FAMILIES.get(config.model_type)
  if (!family) {
    throw new StudioError('model-unsupported', `Models of the type "${config.model_type}" cannot be run here.`, {
      hint: `Install one of these: ${RUNNABLE_MODELS}.`
    })
  }
  for (const name of FILES) await stat(join(folder, name)).catch((cause: unknown) => missing(folder, name, cause))
  return {
    family,
    modelType: config.model_type,
    contextLength: config.text_config?.max_position_embeddings ?? config.max_position_embeddings ?? DEFAULT_CONTEXT,
    weights: await weightsIn(folder)
  }
}

async function readConfig(path: string, folder: string): Promise<z.infer<typeof modelConfigSchema>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => missing(folder, 'config.json', cause))
  try {
    return modelConfigSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw damaged(folder, cause)
  }
}

async function weightsIn(folder: string): Promise<WeightFile[]> {
  const onnx = join(folder, 'onnx')
  const names = await readdir(onnx).catch((cause: unknown) => missing(folder, 'onnx', cause))
  return await Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(onnx, name))).size })))
}

/** @throws StudioError `model-missing` always. */
export function missing(folder: string, what: string, cause?: unknown): never {
  throw new StudioError('model-missing', `The vision-language model in "${folder}" has no ${what}.`, {
    hint: 'Install the model again, from the studio’s settings under Models, or choose another one.',
    cause
  })
}

export function damaged(folder: string, cause: unknown): StudioError {
  return new StudioError('model-damaged', `The vision-language model in "${folder}" cannot be read.`, {
    hint: 'A file is cut short or not the one it should be. Delete the folder and install the model again.',
    cause
  })
}
