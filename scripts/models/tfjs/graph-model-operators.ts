import { StudioError } from '../../../src/domain/errors.ts'
import {
  type ChannelsLastGraph,
  type Convolution,
  type Operand,
  type Padding,
  Picture
} from '../channels-last/channels-last-graph.ts'
import { type Constant, integerData, permute } from '../onnx/constant.ts'
import type { GraphModelNode } from './graph-model-node.ts'

/** Where a node finds what its inputs have become. */
export interface Resolver {
  readonly graph: ChannelsLastGraph
  readonly resolve: (name: string) => Operand
}

type Conversion = (node: GraphModelNode, resolver: Resolver) => Picture

/** Operations of TensorFlow, https://www.tensorflow.org/api_docs/python/tf/raw_ops, and what each becomes. */
const CONVERSIONS: Readonly<Record<string, Conversion>> = {
  _FusedConv2D: convolution,
  DepthwiseConv2dNative: depthwiseConvolution,
  MaxPool: maxPool,
  AddV2: elementwise('Add'),
  Relu: elementwise('Relu'),
  Prelu: elementwise('PRelu'),
  Pad: pad,
  ConcatV2: concatenate,
  Mean: mean,
  Softmax: (node, resolver) => resolver.graph.softmax(picture(node, 0, resolver)),
  Identity: (node, resolver) => picture(node, 0, resolver)
}

/** @throws StudioError `model-unsupported` for an operation we do not know. */
export function convertNode(node: GraphModelNode, resolver: Resolver): Picture {
  const conversion = CONVERSIONS[node.operation]
  if (!conversion) throw unsupported(node, `the operation ${node.operation}`)
  return conversion(node, resolver)
}

function convolution(node: GraphModelNode, resolver: Resolver): Picture {
  const [first, ...activations] = node.texts('fused_ops')
  if (first !== 'BiasAdd') throw unsupported(node, 'a fused convolution that does not begin with its bias')
  // Weights [h, w, in, out].
  const weights = permute(constant(node, 1, resolver), [3, 2, 0, 1])
  const bias = constant(node, 2, resolver)
  const made = resolver.graph.convolve(picture(node, 0, resolver), { ...windows(node), weights, bias, groups: 1 })
  return activations.reduce((input, activation) => activated(node, resolver, input, activation), made)
}

function activated(node: GraphModelNode, resolver: Resolver, input: Picture, activation: string): Picture {
  switch (activation) {
    case 'Relu':
      return resolver.graph.elementwise('Relu', [input])
    case 'Prelu':
      return resolver.graph.elementwise('PRelu', [input, constant(node, 3, resolver)])
    default:
      throw unsupported(node, `the fused activation ${activation}`)
  }
}

function depthwiseConvolution(node: GraphModelNode, resolver: Resolver): Picture {
  // Weights [h, w, channels, multiplier].
  const turned = permute(constant(node, 1, resolver), [2, 3, 0, 1])
  const [channels = 1, multiplier = 1, ...window] = turned.dims
  const weights = { ...turned, dims: [channels * multiplier, 1, ...window] }
  const options = { ...windows(node), weights, bias: null, groups: channels }
  return resolver.graph.convolve(picture(node, 0, resolver), options)
}

function maxPool(node: GraphModelNode, resolver: Resolver): Picture {
  const options = { kernel: spatial(node, 'ksize'), strides: spatial(node, 'strides'), padding: padding(node) }
  return resolver.graph.maxPool(picture(node, 0, resolver), options)
}

function pad(node: GraphModelNode, resolver: Resolver): Picture {
  const pairs = integerData(constant(node, 1, resolver))
  const every = (offset: number) => pairs.filter((_, index) => index % 2 === offset)
  return resolver.graph.pad(picture(node, 0, resolver), every(0), every(1))
}

function concatenate(node: GraphModelNode, resolver: Resolver): Picture {
  const last = node.inputs.length - 1
  const [axis = 0] = integerData(constant(node, last, resolver))
  const pictures = node.inputs.slice(0, last).map((_, position) => picture(node, position, resolver))
  return resolver.graph.concatenate(pictures, axis)
}

function mean(node: GraphModelNode, resolver: Resolver): Picture {
  const axes = integerData(constant(node, 1, resolver))
  if (axes.join() !== '1,2' || node.flag('keep_dims'))
    throw unsupported(node, 'a mean that is not over height and width')
  return resolver.graph.spatialMean(picture(node, 0, resolver))
}

function elementwise(type: string): Conversion {
  return (node, { graph, resolve }) => graph.elementwise(type, node.inputs.map(resolve))
}

function windows(node: GraphModelNode): Pick<Convolution, 'strides' | 'dilations' | 'padding'> {
  return { strides: spatial(node, 'strides'), dilations: spatial(node, 'dilations'), padding: padding(node) }
}

/** Height and width of an attribute that has one number for each axis. */
function spatial(node: GraphModelNode, attribute: string): number[] {
  const numbers = node.integers(attribute)
  if (numbers.length !== 4 || node.text('data_format') !== 'NHWC') throw unsupported(node, 'pictures in another layout')
  return numbers.slice(1, 3)
}

function padding(node: GraphModelNode): Padding {
  const name = node.text('padding')
  switch (name) {
    case 'SAME':
      return 'SAME_UPPER'
    case 'VALID':
      return 'VALID'
    default:
      throw unsupported(node, `the padding ${name}`)
  }
}

function picture(node: GraphModelNode, position: number, { resolve }: Resolver): Picture {
  const operand = resolve(node.input(position))
  if (operand instanceof Picture) return operand
  throw unsupported(node, `a constant as its input ${position}`)
}

function constant(node: GraphModelNode, position: number, { resolve }: Resolver): Constant {
  const operand = resolve(node.input(position))
  if (!(operand instanceof Picture)) return operand
  throw unsupported(node, `an input ${position} that is not constant`)
}

function unsupported(node: GraphModelNode, what: string): StudioError {
  return new StudioError('model-unsupported', `The node "${node.name}" has ${what}, which we cannot convert.`)
}
