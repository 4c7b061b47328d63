import { z } from 'zod'
import { StudioError } from '../../../src/domain/errors.ts'
import { type Constant, constant, elementCount, floats } from '../onnx/constant.ts'

/**
 * The weights of a TensorFlow.js model: groups of tensors, stored one after the other in the group's files.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (WeightsManifestConfig)
 */
const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }).optional()
})
type Weight = z.infer<typeof weightSchema>

export const weightsManifestSchema = z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) }))
export type WeightsManifest = z.infer<typeof weightsManifestSchema>

/** The bytes of a file that the manifest names. */
export type ReadShard = (path: string) => Uint8Array

export class Weights {
  readonly #tensors: ReadonlyMap<string, Constant>
  constructor(tensors: ReadonlyMap<string, Constant>) {
    this.#tensors = tensors
  }

  find(name: string): Constant | null {
    return this.#tensors.get(name) ?? null
  }

  /** @throws StudioError `model-damaged` where there is none of that name. */
  get(name: string): Constant {
    const tensor = this.find(name)
    if (tensor) return tensor
    throw new StudioError('model-damaged', `The model has no weights "${name}".`)
  }
}

/** @throws StudioError `model-damaged` where the files do not hold exactly what the manifest lists. */
export function readWeights(manifest: WeightsManifest, readShard: ReadShard): Weights {
  const tensors = new Map<string, Constant>()
  for (const { paths, weights } of manifest) {
    const bytes = Buffer.concat(paths.map(readShard))
    let offset = 0
    for (const weight of weights) {
      const end = offset + elementCount(weight.shape) * bytesPerElement(weight)
      if (end > bytes.length) throw damaged(paths)
      // A copy starts at an offset that views of any width may start at.
      tensors.set(weight.name, decode(weight, new Uint8Array(bytes.subarray(offset, end))))
      offset = end
    }
    if (offset !== bytes.length) throw damaged(paths)
  }
  return new Weights(tensors)
}

function bytesPerElement({ quantization }: Weight): number {
  return quantization ? Uint8Array.BYTES_PER_ELEMENT : Float32Array.BYTES_PER_ELEMENT
}

function decode({ shape, dtype, quantization }: Weight, bytes: Uint8Array<ArrayBuffer>): Constant {
  if (quantization) {
    const { scale, min } = quantization
    return floats(
      shape,
      Float32Array.from(bytes, (level) => level * scale + min)
    )
  }
  const data = dtype === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer)
  return constant(dtype, shape, data)
}

function damaged(paths: readonly string[]): StudioError {
  return new StudioError('model-damaged', `The weights in ${paths.join(', ')} do not match their manifest.`)
}
