import { type Constant, ELEMENT_TYPES, type ElementType, type ExternalTensor } from './constant.ts'
import { modelProto } from './model-proto.ts'

/** Opset 17 and IR 8, ONNX 1.12: what every onnxruntime since 1.12 reads. */
const OPSET = 17
const IR_VERSION = 8
const PRODUCER = 'apex-portrait-studio'

/** What flows between nodes. Only the builder that made it may use it. */
export interface Value {
  readonly name: string
}

/** A size, or the name of one that is known only when the model runs. */
export type Dimension = number | string

export interface Float {
  readonly float: number
}

/** Marks an attribute as a float, since JavaScript does not tell 1 from 1.0. */
export function float(value: number): Float {
  return { float: value }
}

/** Whole numbers become ints, text becomes a string. */
export type Attribute = number | readonly number[] | string | Float
export type Attributes = Readonly<Record<string, Attribute>>

/** TensorProto.DataLocation */
const EXTERNAL = 1

/** AttributeProto.AttributeType */
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const

interface Node {
  readonly type: string
  readonly inputs: readonly (Value | null)[]
  readonly output: NamedValue
  readonly attributes: Attributes
  readonly domain: string
}

class NamedValue implements Value {
  name: string
  /** Set once the value has the name of an input or an output, which others rely on. */
  fixed: boolean
  constructor(name: string, fixed: boolean) {
    this.name = name
    this.fixed = fixed
  }
}

interface ValueInfo {
  readonly value: Value
  readonly type: ElementType
  readonly dims: readonly Dimension[]
}

/**
 * Builds one ONNX graph, node by node, in the order in which they run. The same calls make the same bytes.
 *
 * ```ts
 * const graph = new GraphBuilder('double')
 * const x = graph.input('x', 'float32', [1, 'length'])
 * graph.output('y', graph.node('Mul', [x, graph.constant(scalar(2))]), 'float32', [1, 'length'])
 * await ort.InferenceSession.create(graph.toModel())
 * ```
 */
export class GraphBuilder {
  readonly #name: string
  readonly #nodes: Node[] = []
  readonly #initializers: { readonly value: Value; readonly tensor: Constant | ExternalTensor }[] = []
  readonly #inputs: ValueInfo[] = []
  readonly #outputs: ValueInfo[] = []
  readonly #names = new Set<string>()

  constructor(name: string) {
    this.#name = name
  }

  input(name: string, type: ElementType, dims: readonly Dimension[]): Value {
    const value = new NamedValue(this.#claim(name), true)
    this.#inputs.push({ value, type, dims })
    return value
  }

  /** A weight; one beside the model lies in a file of its own, which is how a model may exceed 2 GB. */
  constant(tensor: Constant | ExternalTensor): Value {
    const value = new NamedValue(this.#claim(`constant_${this.#initializers.length}`), true)
    this.#initializers.push({ value, tensor })
    return value
  }

  /**
   * An operator with one output; null stands for an optional input that is left out. `domain` is empty for ONNX's own
   * operators, `com.microsoft` for those of onnxruntime.
   */
  node(type: string, inputs: readonly (Value | null)[], attributes: Attributes = {}, domain = ''): Value {
    const output = new NamedValue(this.#claim(`${type}_${this.#nodes.length}`), false)
    this.#nodes.push({ type, inputs, output, attributes, domain })
    return output
  }

  output(name: string, value: Value, type: ElementType, dims: readonly Dimension[]): void {
    const source = value instanceof NamedValue && !value.fixed ? value : this.#identity(value)
    source.name = this.#claim(name)
    source.fixed = true
    this.#outputs.push({ value: source, type, dims })
  }

  /** The bytes of an `.onnx` file. */
  toModel(): Uint8Array<ArrayBuffer> {
    const model = modelProto.fromObject({
      irVersion: IR_VERSION,
      producerName: PRODUCER,
      opsetImport: [
        { domain: '', version: OPSET },
        ...[...new Set(this.#nodes.map(({ domain }) => domain))]
          .filter((domain) => domain !== '')
          .map((domain) => ({ domain, version: 1 }))
      ],
      graph: {
        name: this.#name,
        node: this.#nodes.map(nodeProto),
        initializer: this.#initializers.map(({ value, tensor }) => ({
          name: value.name,
          dims: tensor.dims,
          dataType: ELEMENT_TYPES[tensor.type],
          ...('data' in tensor ? { rawData: bytesOf(tensor) } : externalData(tensor))
        })),
        input: this.#inputs.map(valueInfoProto),
        output: this.#outputs.map(valueInfoProto)
      }
    })
    return new Uint8Array(modelProto.encode(model).finish())
  }

  #identity(value: Value): NamedValue {
    const output = new NamedValue(`Identity_${this.#nodes.length}`, false)
    this.#nodes.push({ type: 'Identity', inputs: [value], output, attributes: {}, domain: '' })
    return output
  }

  #claim(name: string): string {
    if (this.#names.has(name)) throw new RangeError(`The graph "${this.#name}" has two values called "${name}".`)
    this.#names.add(name)
    return name
  }
}

function bytesOf({ data }: Constant): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

function externalData({ file, offset, bytes }: ExternalTensor) {
  const entries = { location: file, offset, length: bytes }
  return {
    dataLocation: EXTERNAL,
    externalData: Object.entries(entries).map(([key, value]) => ({ key, value: String(value) }))
  }
}

function nodeProto({ type, inputs, output, attributes, domain }: Node) {
  return {
    opType: type,
    ...(domain === '' ? {} : { domain }),
    name: `node_${output.name}`,
    input: inputs.map((input) => input?.name ?? ''),
    output: [output.name],
    attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value))
  }
}

function attributeProto(name: string, value: Attribute) {
  if (typeof value === 'string') return { name, type: ATTRIBUTE.string, s: Buffer.from(value) }
  if (typeof value === 'number') return { name, type: ATTRIBUTE.int, i: whole(name, value) }
  if ('float' in value) return { name, type: ATTRIBUTE.float, f: value.float }
  return { name, type: ATTRIBUTE.ints, ints: value.map((item) => whole(name, item)) }
}

function whole(name: string, value: number): number {
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`The attribute "${name}" takes whole numbers, got ${value}; mark a float with float().`)
}

function valueInfoProto({ value, type, dims }: ValueInfo) {
  const dim = dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }))
  return { name: value.name, type: { tensorType: { elemType: ELEMENT_TYPES[type], shape: { dim } } } }
}
