import type * as ort from 'onnxruntime-node'
import { StudioError } from '../../domain/errors.ts'

/** A float32 output by name. @throws StudioError `model-damaged` where the model has no such output. */
export function floatOutput(outputs: ort.InferenceSession.ReturnType, name: string): Float32Array {
  const data = outputs[name]?.data
  if (data instanceof Float32Array) return data
  throw new StudioError('model-damaged', `The model has no float output "${name}".`)
}
