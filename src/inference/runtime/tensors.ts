import type * as ort from 'onnxruntime-node'
import { StudioError } from '../../domain/errors.ts'

/** A float32 output by name. @throws StudioError `model-damaged` where the model has no such output. */
export function floatOutput(outputs: ort.InferenceSession.ReturnType, name: string): Float32Array {
  const data = outputs[name]?.data
  if (data instanceof Float32Array) return data
  throw new StudioError('model-damaged', `The model has no float output "${name}".`)
}

/** Bytes as a network wants them: v / divisor + offset. */
export function floatsOf(bytes: Uint8Array, divisor: number, offset: number): Float32Array {
  const floats = new Float32Array(bytes.length)
  for (let at = 0; at < floats.length; at++) floats[at] = (bytes[at] ?? 0) / divisor + offset
  return floats
}
