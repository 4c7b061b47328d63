import { StudioError } from '../../../src/domain/errors.ts'
import { ChannelsLastGraph } from '../channels-last/channels-last-graph.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { readTflite, type TfliteModel } from './tflite-model.ts'
import { convertOperator } from './tflite-operators.ts'
import { TfliteValues } from './tflite-values.ts'

export interface TensorNames {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/**
 * A TensorFlow Lite file as ONNX. Inputs and outputs keep their order, their shapes and their channels-last layout, and
 * get the names given.
 *
 * @throws StudioError `model-damaged`, `model-unsupported`.
 */
export function convertTflite(bytes: Uint8Array, names: TensorNames): Uint8Array<ArrayBuffer> {
  try {
    return convert(readTflite(bytes), names)
  } catch (cause) {
    // Positions, sizes, shapes and element types that cannot be.
    if (!(cause instanceof RangeError || cause instanceof TypeError)) throw cause
    throw new StudioError('model-damaged', 'The TensorFlow Lite model is truncated or damaged.', { cause })
  }
}

function convert(model: TfliteModel, names: TensorNames): Uint8Array<ArrayBuffer> {
  if (names.inputs.length !== model.inputs.length || names.outputs.length !== model.outputs.length) {
    const has = `${model.inputs.length} inputs and ${model.outputs.length} outputs`
    throw new StudioError('model-unsupported', `The model has ${has}; give each one name.`)
  }
  const builder = new GraphBuilder('tflite')
  const graph = new ChannelsLastGraph(builder)
  const values = new TfliteValues(model)
  names.inputs.forEach((name, position) => {
    const index = model.inputs[position] ?? -1
    const { shape, type } = values.tensor(index)
    values.set(index, graph.fromLast(builder.input(name, type, shape), shape.length))
  })
  for (const operator of model.operators) convertOperator(graph, values, operator)
  names.outputs.forEach((name, position) => {
    const index = model.outputs[position] ?? -1
    const { shape, type } = values.tensor(index)
    builder.output(name, graph.last(values.picture(index)), type, shape)
  })
  return builder.toModel()
}
