/** The element types we write, with their numbers in ONNX's TensorProto.DataType. */
export const ELEMENT_TYPES = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float16: 10 } as const
export type ElementType = keyof typeof ELEMENT_TYPES

type ElementData = Float32Array | Int32Array | BigInt64Array | Uint16Array | Uint8Array

/** A tensor known when the model is built: a weight, an axis, a shape. Row-major, as in ONNX. */
export interface Constant {
  readonly type: ElementType
  readonly dims: readonly number[]
  readonly data: ElementData
}

/** A tensor whose bytes lie in a file beside the model: little-endian, from `offset`, without a gap. */
export interface ExternalTensor {
  readonly type: ElementType
  readonly dims: readonly number[]
  /** Relative to the model's folder. */
  readonly file: string
  readonly offset: number
  readonly bytes: number
}

/** @throws RangeError where the data do not fill the dimensions. */
export function constant(type: ElementType, dims: readonly number[], data: ElementData): Constant {
  const size = elementCount(dims)
  if (data.length !== size) throw new RangeError(`A tensor of [${dims}] holds ${size} values, not ${data.length}.`)
  return { type, dims, data }
}

export function floats(dims: readonly number[], values: ArrayLike<number>): Constant {
  return constant('float32', dims, values instanceof Float32Array ? values : Float32Array.from(values))
}

export function scalar(value: number): Constant {
  return floats([], [value])
}

/** A list of whole numbers, as ONNX takes shapes, axes and pads. */
export function int64s(values: readonly number[]): Constant {
  return constant('int64', [values.length], BigInt64Array.from(values, BigInt))
}

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1)
}

/** @throws TypeError where the constant holds no 32-bit floats. */
export function floatData(tensor: Constant): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data
  throw new TypeError(`Expected float32, got ${tensor.type}.`)
}

/** The values of an axes, shape or pads tensor. @throws TypeError where it holds no whole numbers. */
export function integerData(tensor: Constant): number[] {
  if (tensor.type === 'int32' || tensor.type === 'int64') return Array.from(tensor.data, Number)
  throw new TypeError(`Expected whole numbers, got ${tensor.type}.`)
}

/** Axes in another order: dimension i of the result is dimension `order[i]` of the tensor, as ONNX's Transpose. */
export function permute(tensor: Constant, order: readonly number[]): Constant {
  const source = floatData(tensor)
  const dims = order.map((axis) => tensor.dims[axis] ?? 1)
  const strides = order.map((axis) => elementCount(tensor.dims.slice(axis + 1)))
  const result = new Float32Array(source.length)
  const index = new Array<number>(dims.length).fill(0)
  let offset = 0
  for (let i = 0; i < result.length; i++) {
    result[i] = source[offset] ?? 0
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0
      const next = (index[axis] ?? 0) + 1
      offset += stride
      if (next < (dims[axis] ?? 1)) {
        index[axis] = next
        break
      }
      index[axis] = 0
      offset -= stride * next
    }
  }
  return floats(dims, result)
}
