import { StudioError } from '../../../src/domain/errors.ts'
import { type Operand, Picture } from '../channels-last/channels-last-graph.ts'
import { type Constant, constant, floats } from '../onnx/constant.ts'
import { decodeFloat16 } from '../onnx/float16.ts'
import type { TfliteModel, TfliteTensor } from './tflite-model.ts'

/** What is known of each tensor while the operators are taken over one by one. */
export class TfliteValues {
  readonly #model: TfliteModel
  readonly #known = new Map<number, Operand>()

  constructor(model: TfliteModel) {
    this.#model = model
  }

  tensor(index: number): TfliteTensor {
    const tensor = this.#model.tensors[index]
    if (!tensor) throw new StudioError('model-damaged', `The model has no tensor ${index}.`)
    return tensor
  }

  set(index: number, value: Operand): void {
    this.#known.set(index, value)
  }

  operand(index: number): Operand {
    const known = this.#known.get(index) ?? readConstant(this.tensor(index))
    if (!known) throw new StudioError('model-damaged', `"${this.tensor(index).name}" is used before it is made.`)
    return known
  }

  picture(index: number): Picture {
    const operand = this.operand(index)
    if (operand instanceof Picture) return operand
    throw new StudioError('model-unsupported', `"${this.tensor(index).name}" is constant where data are expected.`)
  }

  constant(index: number): Constant {
    const operand = this.operand(index)
    if (!(operand instanceof Picture)) return operand
    throw new StudioError('model-unsupported', `"${this.tensor(index).name}" is not constant.`)
  }
}

function readConstant({ type, shape, bytes }: TfliteTensor): Constant | null {
  if (bytes.length === 0) return null
  switch (type) {
    case 'float32':
      return constant(type, shape, new Float32Array(bytes.buffer))
    case 'int32':
      return constant(type, shape, new Int32Array(bytes.buffer))
    case 'float16':
      return floats(shape, decodeFloat16(new Uint16Array(bytes.buffer)))
    default:
      return null
  }
}
