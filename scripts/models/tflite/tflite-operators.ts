import { StudioError } from '../../../src/domain/errors.ts'
import type { ChannelsLastGraph, Padding, Picture } from '../channels-last/channels-last-graph.ts'
import { integerData, permute } from '../onnx/constant.ts'
import type { TfliteOperator } from './tflite-model.ts'
import type { TfliteValues } from './tflite-values.ts'

/** An operator on its way into ONNX. */
interface Call {
  readonly graph: ChannelsLastGraph
  readonly values: TfliteValues
  readonly inputs: readonly number[]
  readonly outputShape: readonly number[]
  readonly option: {
    readonly int8: (field: number) => number
    readonly int32: (field: number, absent?: number) => number
    readonly float32: (field: number) => number
  }
}

type Conversion = (call: Call) => Picture

/** BuiltinOperator numbers of the schema and what each becomes. Options are read by the ids of the schema's fields. */
const CONVERSIONS: Readonly<Record<number, { readonly name: string; readonly convert: Conversion }>> = {
  0: { name: 'ADD', convert: (call) => activated(call, elementwise('Add')(call), 0) },
  3: { name: 'CONV_2D', convert: convolution },
  4: { name: 'DEPTHWISE_CONV_2D', convert: depthwiseConvolution },
  17: { name: 'MAX_POOL_2D', convert: maxPool },
  18: { name: 'MUL', convert: (call) => activated(call, elementwise('Mul')(call), 0) },
  19: { name: 'RELU', convert: elementwise('Relu') },
  22: { name: 'RESHAPE', convert: (call) => call.graph.reshape(picture(call, 0), call.outputShape) },
  23: { name: 'RESIZE_BILINEAR', convert: (call) => resize(call, 'linear', { alignCorners: 2, halfPixelCentres: 3 }) },
  25: { name: 'SOFTMAX', convert: softmax },
  34: { name: 'PAD', convert: pad },
  39: { name: 'TRANSPOSE', convert: (call) => call.graph.transpose(picture(call, 0), integers(call, 1)) },
  54: { name: 'PRELU', convert: elementwise('PRelu') },
  67: { name: 'TRANSPOSE_CONV', convert: transposedConvolution },
  74: { name: 'SUM', convert: sum },
  97: {
    name: 'RESIZE_NEAREST_NEIGHBOR',
    convert: (call) => resize(call, 'nearest', { alignCorners: 0, halfPixelCentres: 1 })
  }
}

/** Widens 16-bit constants, which we do when we read them: https://www.tensorflow.org/mlir/tfl_ops (tfl.dequantize). */
const DEQUANTIZE = 6

/** Takes one operator over. @throws StudioError `model-unsupported` for one we do not know. */
export function convertOperator(graph: ChannelsLastGraph, values: TfliteValues, operator: TfliteOperator): void {
  const { code, custom, inputs, options } = operator
  const [output, ...others] = operator.outputs
  if (output === undefined || others.length > 0) throw unsupported(`an operator (code ${code}) with several outputs`)
  if (code === DEQUANTIZE) {
    values.set(output, values.constant(inputs[0] ?? -1))
    return
  }
  const conversion = CONVERSIONS[code]
  if (!conversion) throw unsupported(custom ? `the custom operator "${custom}"` : `the operator with code ${code}`)
  const option = {
    int8: (field: number) => options?.int8(field) ?? 0,
    int32: (field: number, absent = 0) => options?.int32(field, absent) ?? absent,
    float32: (field: number) => options?.float32(field) ?? 0
  }
  values.set(output, conversion.convert({ graph, values, inputs, option, outputShape: values.tensor(output).shape }))
}

function convolution(call: Call): Picture {
  // Conv2DOptions: 0 padding, 1 stride_w, 2 stride_h, 3 activation, 4 dilation_w, 5 dilation_h; weights [out, h, w, in].
  const made = call.graph.convolve(picture(call, 0), {
    weights: permute(weights(call, 1), [0, 3, 1, 2]),
    bias: bias(call, 2),
    strides: [call.option.int32(2), call.option.int32(1)],
    dilations: [call.option.int32(5, 1), call.option.int32(4, 1)],
    groups: 1,
    padding: padding(call, 0)
  })
  return activated(call, made, 3)
}

function depthwiseConvolution(call: Call): Picture {
  // DepthwiseConv2DOptions: 0 padding, 1 stride_w, 2 stride_h, 3 multiplier, 4 activation, 5 dilation_w, 6 dilation_h;
  // weights [1, h, w, channels × multiplier].
  const channels = call.values.tensor(call.inputs[0] ?? -1).shape[3] ?? 1
  const made = call.graph.convolve(picture(call, 0), {
    weights: permute(weights(call, 1), [3, 0, 1, 2]),
    bias: bias(call, 2),
    strides: [call.option.int32(2), call.option.int32(1)],
    dilations: [call.option.int32(6, 1), call.option.int32(5, 1)],
    groups: channels,
    padding: padding(call, 0)
  })
  return activated(call, made, 4)
}

function transposedConvolution(call: Call): Picture {
  // TransposeConvOptions: 0 padding, 1 stride_w, 2 stride_h; inputs: output shape, weights [out, h, w, in], data, bias.
  const { graph, inputs, values, option, outputShape } = call
  const kernel = permute(weights(call, 1), [3, 0, 1, 2])
  const strides = [option.int32(2), option.int32(1)]
  const inputShape = values.tensor(inputs[2] ?? -1).shape
  // TensorFlow cuts what the forward convolution would have padded; of an odd number of rows the larger half at the end.
  const cut = [0, 1].map((axis) => {
    const full = ((inputShape[axis + 1] ?? 0) - 1) * (strides[axis] ?? 1) + (kernel.dims[axis + 2] ?? 0)
    return full - (outputShape[axis + 1] ?? 0)
  })
  if (cut.some((rows) => rows < 0)) throw unsupported('a transposed convolution whose strides exceed its kernel')
  const pads = [...cut.map((rows) => Math.floor(rows / 2)), ...cut.map((rows) => Math.ceil(rows / 2))]
  const addend = bias(call, 3)
  const data = [graph.first(picture(call, 2)), graph.builder.constant(kernel)]
  const operands = addend ? [...data, graph.builder.constant(addend)] : data
  const attributes = { kernel_shape: kernel.dims.slice(2), strides, pads }
  return activated(call, graph.fromFirst(graph.builder.node('ConvTranspose', operands, attributes)), 3)
}

function maxPool(call: Call): Picture {
  // Pool2DOptions: 0 padding, 1 stride_w, 2 stride_h, 3 filter_width, 4 filter_height, 5 activation.
  const { option } = call
  const made = call.graph.maxPool(picture(call, 0), {
    kernel: [option.int32(4), option.int32(3)],
    strides: [option.int32(2), option.int32(1)],
    padding: padding(call, 0)
  })
  return activated(call, made, 5)
}

function resize(
  call: Call,
  mode: 'linear' | 'nearest',
  fields: { readonly alignCorners: number; readonly halfPixelCentres: number }
): Picture {
  if (call.option.int8(fields.alignCorners) !== 0 || call.option.int8(fields.halfPixelCentres) === 0) {
    throw unsupported('a resize whose pixel centres are not at half coordinates')
  }
  return call.graph.resize(picture(call, 0), call.outputShape, mode)
}

function softmax(call: Call): Picture {
  // SoftmaxOptions: 0 beta.
  if (call.option.float32(0) !== 1) throw unsupported('a softmax with a temperature')
  return call.graph.softmax(picture(call, 0))
}

function pad(call: Call): Picture {
  const pairs = integers(call, 1)
  const every = (offset: number) => pairs.filter((_, index) => index % 2 === offset)
  return call.graph.pad(picture(call, 0), every(0), every(1))
}

function sum(call: Call): Picture {
  // ReducerOptions: 0 keep_dims.
  const [axis, ...others] = integers(call, 1)
  if (axis === undefined || others.length > 0 || call.option.int8(0) !== 1) {
    throw unsupported('a sum that is not over one axis, which it keeps')
  }
  return call.graph.sum(picture(call, 0), axis)
}

function elementwise(type: string): Conversion {
  return ({ graph, values, inputs }) =>
    graph.elementwise(
      type,
      inputs.map((index) => values.operand(index))
    )
}

/** ActivationFunctionType of the schema. */
function activated(call: Call, input: Picture, field: number): Picture {
  const activation = call.option.int8(field)
  switch (activation) {
    case 0:
      return input
    case 1:
      return call.graph.elementwise('Relu', [input])
    default:
      throw unsupported(`the fused activation ${activation}`)
  }
}

/** Padding of the schema. */
function padding(call: Call, field: number): Padding {
  return call.option.int8(field) === 0 ? 'SAME_UPPER' : 'VALID'
}

function picture(call: Call, position: number): Picture {
  return call.values.picture(call.inputs[position] ?? -1)
}

function weights(call: Call, position: number) {
  return call.values.constant(call.inputs[position] ?? -1)
}

/** Optional inputs are absent or -1. */
function bias(call: Call, position: number) {
  const index = call.inputs[position] ?? -1
  return index < 0 ? null : call.values.constant(index)
}

function integers(call: Call, position: number): number[] {
  return integerData(weights(call, position))
}

function unsupported(what: string): StudioError {
  return new StudioError('model-unsupported', `The TensorFlow Lite model has ${what}, which we cannot convert.`)
}
