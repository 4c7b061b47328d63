import { type Constant, int64s, permute } from '../onnx/constant.ts'
import type { Attributes, GraphBuilder, Value } from '../onnx/graph-builder.ts'

/** Batch, channels, height, width out of batch, height, width, channels, and back. */
const TO_FIRST = [0, 3, 1, 2]
const TO_LAST = [0, 2, 3, 1]
/** Where an axis of a channels-last picture is in the channels-first one. */
const FIRST_AXIS = [0, 2, 3, 1]

/**
 * A tensor of a TensorFlow network, whose pictures have their channels last, while it is rebuilt in ONNX, whose
 * convolutions want them first. Either layout is made when it is first asked for, so a chain of convolutions and
 * element-wise operators stays channels first and carries no Transpose.
 */
export class Picture {
  readonly rank: number
  last: Value | null = null
  first: Value | null = null
  constructor(rank: number) {
    this.rank = rank
  }
}

export type Operand = Picture | Constant

/** TensorFlow's padding, by the names ONNX has for it: of an odd number of rows the larger half is at the end. */
export type Padding = 'SAME_UPPER' | 'VALID'

/** [height, width] each. */
export interface Window {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly padding: Padding
}

export interface Convolution extends Omit<Window, 'kernel'> {
  /** [out, in / groups, height, width]. */
  readonly weights: Constant
  readonly bias: Constant | null
  readonly dilations: readonly number[]
  readonly groups: number
}

/** Interpolation with the centres of pixels at half coordinates, which is what current TensorFlow trains with. */
export type Interpolation = 'linear' | 'nearest'

/** The operators that TensorFlow networks of several file formats share. */
export class ChannelsLastGraph {
  readonly builder: GraphBuilder
  constructor(builder: GraphBuilder) {
    this.builder = builder
  }

  fromLast(value: Value, rank: number): Picture {
    return Object.assign(new Picture(rank), { last: value })
  }

  fromFirst(value: Value): Picture {
    return Object.assign(new Picture(4), { first: value })
  }

  last(picture: Picture): Value {
    picture.last ??= this.builder.node('Transpose', [picture.first], { perm: TO_LAST })
    return picture.last
  }

  first(picture: Picture): Value {
    if (picture.rank !== 4) throw new RangeError(`A tensor of rank ${picture.rank} is no batch of pictures.`)
    picture.first ??= this.builder.node('Transpose', [picture.last], { perm: TO_FIRST })
    return picture.first
  }

  convolve(input: Picture, { weights, bias, strides, dilations, groups, padding }: Convolution): Picture {
    const inputs = [this.first(input), this.builder.constant(weights), bias && this.builder.constant(bias)]
    const attributes = { kernel_shape: weights.dims.slice(2), strides, dilations, group: groups, auto_pad: padding }
    return this.fromFirst(this.builder.node('Conv', bias ? inputs : inputs.slice(0, 2), attributes))
  }

  maxPool(input: Picture, { kernel, strides, padding }: Window): Picture {
    const attributes = { kernel_shape: kernel, strides, auto_pad: padding }
    return this.fromFirst(this.builder.node('MaxPool', [this.first(input)], attributes))
  }

  /** An operator that works value by value, with broadcasting: channels first where one of the operands already is. */
  elementwise(type: string, operands: readonly Operand[], attributes: Attributes = {}): Picture {
    const pictures = operands.filter((operand) => operand instanceof Picture)
    const rank = Math.max(...pictures.map((picture) => picture.rank))
    const inFirst = pictures.every((picture) => picture.rank === 4) && pictures.some((picture) => picture.first)
    const inputs = operands.map((operand) => {
      if (operand instanceof Picture) return inFirst ? this.first(operand) : this.last(operand)
      return this.builder.constant(inFirst ? channelsFirst(operand) : operand)
    })
    const output = this.builder.node(type, inputs, attributes)
    return inFirst ? this.fromFirst(output) : this.fromLast(output, rank)
  }

  /** `dims`: all four of the result, channels last. */
  resize(input: Picture, dims: readonly number[], mode: Interpolation): Picture {
    const size = this.builder.constant(int64s(inFirstOrder(dims)))
    const attributes = { mode, coordinate_transformation_mode: 'half_pixel', nearest_mode: 'round_prefer_ceil' }
    return this.fromFirst(this.builder.node('Resize', [this.first(input), null, null, size], attributes))
  }

  /** Zeros around; `before` and `after` have one count for each channels-last axis. */
  pad(input: Picture, before: readonly number[], after: readonly number[]): Picture {
    const pads = [...inFirstOrder(before), ...inFirstOrder(after)]
    return this.fromFirst(this.builder.node('Pad', [this.first(input), this.builder.constant(int64s(pads))]))
  }

  concatenate(inputs: readonly Picture[], axis: number): Picture {
    const first = inputs.map((input) => this.first(input))
    return this.fromFirst(this.builder.node('Concat', first, { axis: firstAxis(axis) }))
  }

  sum(input: Picture, axis: number): Picture {
    const axes = this.builder.constant(int64s([firstAxis(axis)]))
    return this.fromFirst(this.builder.node('ReduceSum', [this.first(input), axes], { keepdims: 1 }))
  }

  /** Mean over height and width: [batch, channels]. */
  spatialMean(input: Picture): Picture {
    const mean = this.builder.node('ReduceMean', [this.first(input)], { axes: [2, 3], keepdims: 0 })
    return this.fromLast(mean, 2)
  }

  softmax(input: Picture): Picture {
    return this.fromLast(this.builder.node('Softmax', [this.last(input)], { axis: -1 }), input.rank)
  }

  reshape(input: Picture, dims: readonly number[]): Picture {
    const shape = this.builder.constant(int64s(dims))
    return this.fromLast(this.builder.node('Reshape', [this.last(input), shape]), dims.length)
  }

  transpose(input: Picture, order: readonly number[]): Picture {
    return this.fromLast(this.builder.node('Transpose', [this.last(input)], { perm: order }), order.length)
  }
}

function firstAxis(axis: number): number {
  const mapped = FIRST_AXIS.at(axis)
  if (mapped === undefined) throw new RangeError(`A batch of pictures has no axis ${axis}.`)
  return mapped
}

function inFirstOrder(numbers: readonly number[]): number[] {
  return TO_FIRST.map((axis) => numbers[axis] ?? 0)
}

/** Broadcasting lines shapes up at their ends, so a constant gets its missing leading axes before it is turned. */
function channelsFirst(constant: Constant): Constant {
  if (constant.dims.length === 0) return constant
  const missing = new Array<number>(4 - constant.dims.length).fill(1)
  return permute({ ...constant, dims: [...missing, ...constant.dims] }, TO_FIRST)
}
