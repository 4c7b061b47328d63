import { StudioError } from '../../../src/domain/errors.ts'
import type { ElementType } from '../onnx/constant.ts'
import { FlatBufferTable } from './flatbuffer-table.ts'

/**
 * A TensorFlow Lite file. Field ids and enumerations from
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs (version 3).
 */
export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[]
  /** In the order in which they run. */
  readonly operators: readonly TfliteOperator[]
  /** Indices of tensors. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}

export interface TfliteTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly type: ElementType
  /** Little-endian values of a constant; empty for what is computed. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface TfliteOperator {
  /** BuiltinOperator of the schema, by number. */
  readonly code: number
  /** Name of a custom operator, else empty. */
  readonly custom: string
  /** Indices of tensors; -1 for an optional one that is left out. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  /** The operator's own table of options, null where it has none. */
  readonly options: FlatBufferTable | null
}

const MODEL = { operatorCodes: 1, subgraphs: 2, buffers: 4 } as const
const OPERATOR_CODE = { deprecatedBuiltinCode: 0, customCode: 1, builtinCode: 3 } as const
const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3 } as const
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3 } as const
const OPERATOR = { opcodeIndex: 0, inputs: 1, outputs: 2, builtinOptions: 4 } as const
const BUFFER = { data: 0 } as const

/** TensorType of the schema. */
const TENSOR_TYPES: readonly ElementType[] = ['float32', 'float16', 'int32']

const FILE_IDENTIFIER = 'TFL3'

/**
 * @throws StudioError `model-unsupported` for another kind of file, or a kind of model that we do not know.
 * @throws RangeError where the file is truncated or damaged.
 */
export function readTflite(bytes: Uint8Array): TfliteModel {
  if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') !== FILE_IDENTIFIER) {
    throw new StudioError('model-unsupported', 'This is no TensorFlow Lite model.')
  }
  const model = FlatBufferTable.root(bytes)
  const buffers = model.tables(MODEL.buffers)
  const codes = model.tables(MODEL.operatorCodes)
  const [graph, ...others] = model.tables(MODEL.subgraphs)
  if (!graph || others.length > 0) {
    throw new StudioError('model-unsupported', `The model has ${others.length + (graph ? 1 : 0)} graphs, not one.`)
  }
  return {
    tensors: graph.tables(SUBGRAPH.tensors).map((tensor) => readTensor(tensor, buffers)),
    operators: graph.tables(SUBGRAPH.operators).map((operator) => readOperator(operator, codes)),
    inputs: graph.int32s(SUBGRAPH.inputs),
    outputs: graph.int32s(SUBGRAPH.outputs)
  }
}

function readTensor(tensor: FlatBufferTable, buffers: readonly FlatBufferTable[]): TfliteTensor {
  const name = tensor.string(TENSOR.name)
  const type = TENSOR_TYPES[tensor.int8(TENSOR.type)]
  if (!type) throw new StudioError('model-unsupported', `The tensor "${name}" is of a type we do not know.`)
  const bytes = at(buffers, tensor.int32(TENSOR.buffer)).bytes(BUFFER.data)
  return { name, shape: tensor.int32s(TENSOR.shape), type, bytes }
}

function readOperator(operator: FlatBufferTable, codes: readonly FlatBufferTable[]): TfliteOperator {
  const code = at(codes, operator.int32(OPERATOR.opcodeIndex))
  return {
    // Codes above 127 do not fit the field that older files have.
    code: Math.max(code.int8(OPERATOR_CODE.deprecatedBuiltinCode), code.int32(OPERATOR_CODE.builtinCode)),
    custom: code.string(OPERATOR_CODE.customCode),
    inputs: operator.int32s(OPERATOR.inputs),
    outputs: operator.int32s(OPERATOR.outputs),
    options: operator.table(OPERATOR.builtinOptions)
  }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new RangeError(`There is no item ${index} of ${items.length}.`)
  return item
}
