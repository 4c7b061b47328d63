import { access } from 'node:fs/promises'
import * as ort from 'onnxruntime-node'
import type { BuiltInModel } from '../../domain/built-in-models.ts'
import { StudioError } from '../../domain/errors.ts'
import { resourcePath } from './resources.ts'

const sessions = new Map<BuiltInModel, Promise<ort.InferenceSession>>()

/** One session per model and process. @throws StudioError `model-missing`, `model-damaged`. */
export function openModel(model: BuiltInModel): Promise<ort.InferenceSession> {
  const open = sessions.get(model)
  if (open) return open
  const opening = createSession(model)
  sessions.set(model, opening)
  // A failure must not stick: the models may be built in the meantime.
  opening.catch(() => sessions.delete(model))
  return opening
}

async function createSession(model: BuiltInModel): Promise<ort.InferenceSession> {
  const path = resourcePath('models', `${model}.onnx`)
  await access(path).catch((cause: unknown) => {
    throw new StudioError('model-missing', `The built-in model "${model}" is not there.`, { cause })
  })
  try {
    return await ort.InferenceSession.create(path, { graphOptimizationLevel: 'all', logSeverityLevel: 3 })
  } catch (cause) {
    throw new StudioError('model-damaged', `The built-in model "${model}" cannot be opened.`, { cause })
  }
}
