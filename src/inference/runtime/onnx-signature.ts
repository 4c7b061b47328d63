import { type FileHandle, open } from 'node:fs/promises'
import { StudioError, toStudioError } from '../../domain/errors.ts'

/** Element types of ONNX tensors that can be named (TensorProto.DataType of onnx.proto); any other is 'other'. */
const TYPES = { 1: 'float32', 6: 'int32', 7: 'int64', 9: 'bool', 10: 'float16', 11: 'float64', 16: 'bfloat16' } as const
export type GraphElementType = (typeof TYPES)[keyof typeof TYPES] | 'other'

/** An input or output of a graph. */
export interface GraphTensor {
  readonly name: string
  readonly type: GraphElementType
  /** Null stands for a size that is known only when the graph runs; the whole is null where the graph states none. */
  readonly dims: readonly (number | null)[] | null
}

export interface GraphSignature {
  readonly inputs: readonly GraphTensor[]
  readonly outputs: readonly GraphTensor[]
}

/** Numbers of the fields in onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
const MODEL = { graph: 7 } as const
const GRAPH = { input: 11, output: 12 } as const
const VALUE = { name: 1, type: 2 } as const
const TYPE = { tensor: 1 } as const
const TENSOR = { element: 1, shape: 2 } as const
const SHAPE = { dim: 1 } as const
const DIM = { value: 1 } as const

/** What describes one input; longer ones are no description. */
const MOST_BYTES = 64 * 1024

/**
 * What a graph takes and gives, read from its file without its weights: gigabytes are stepped over, not read.
 *
 * @throws StudioError `model-missing`, `model-damaged`
 */
export async function readGraphSignature(path: string): Promise<GraphSignature> {
  const file = await open(path, 'r').catch((thrown: unknown) => {
    const cause = toStudioError(thrown)
    if (cause.code !== 'file-missing') throw cause
    throw new StudioError('model-missing', `The model has no file "${path}".`, { cause })
  })
  try {
    const reader = new FileReader(file, (await file.stat()).size)
    return await readModel(reader)
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.code !== 'model-damaged') throw thrown
    throw new StudioError('model-damaged', `"${path}" is not an ONNX model, or it is cut short.`, { cause: thrown })
  } finally {
    await file.close()
  }
}

async function readModel(reader: FileReader): Promise<GraphSignature> {
  const inputs: GraphTensor[] = []
  const outputs: GraphTensor[] = []
  let seen = false
  while (!reader.isAtEnd) {
    const field = await reader.field()
    if (field.number !== MODEL.graph || field.wire !== BYTES) {
      await reader.skip(field)
      continue
    }
    seen = true
    const end = reader.position + field.length
    if (end > reader.size) throw damaged()
    while (reader.position < end) {
      const inner = await reader.field()
      const list = inner.number === GRAPH.input ? inputs : inner.number === GRAPH.output ? outputs : null
      if (list && inner.wire === BYTES) list.push(tensorOf(await reader.bytes(inner.length)))
      else await reader.skip(inner)
    }
  }
  if (!seen) throw damaged()
  return { inputs, outputs }
}

function tensorOf(bytes: Uint8Array): GraphTensor {
  let name = ''
  let type: GraphElementType = 'other'
  let dims: (number | null)[] | null = null
  for (const field of fieldsOf(bytes)) {
    if (field.number === VALUE.name) name = new TextDecoder().decode(field.bytes)
    if (field.number !== VALUE.type) continue
    for (const kind of fieldsOf(field.bytes)) {
      if (kind.number !== TYPE.tensor) continue
      for (const part of fieldsOf(kind.bytes)) {
        if (part.number === TENSOR.element) type = TYPES[part.value as keyof typeof TYPES] ?? 'other'
        if (part.number === TENSOR.shape) dims = [...fieldsOf(part.bytes)].filter(isDim).map(sizeOf)
      }
    }
  }
  return { name, type, dims }
}

const isDim = ({ number }: Field) => number === SHAPE.dim

function sizeOf({ bytes }: Field): number | null {
  for (const field of fieldsOf(bytes)) if (field.number === DIM.value) return field.value
  return null
}

/** Wire types of Protocol Buffers (https://protobuf.dev/programming-guides/encoding). */
const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5] as const

interface Field {
  readonly number: number
  /** Of a varint. */
  readonly value: number
  readonly bytes: Uint8Array
}

const NOTHING = new Uint8Array(0)

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0
  const varint = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined || shift > 63) throw damaged()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.length) {
    const key = varint()
    const number = Math.floor(key / 8)
    const wire = key % 8
    if (wire === VARINT) yield { number, value: varint(), bytes: NOTHING }
    else if (wire === BYTES) {
      const length = varint()
      if (at + length > bytes.length) throw damaged()
      yield { number, value: 0, bytes: bytes.subarray(at, at + length) }
      at += length
    } else if (wire === FIXED64) at += 8
    else if (wire === FIXED32) at += 4
    else throw damaged()
  }
}

const damaged = () => new StudioError('model-damaged', 'It is not a protocol buffer of ONNX.')

interface FieldHead {
  readonly number: number
  readonly wire: number
  /** Bytes that follow. */
  readonly length: number
}

const WINDOW = 64 * 1024

/** A file read from front to back, with most of it stepped over. */
class FileReader {
  readonly size: number
  position = 0
  readonly #file: FileHandle
  readonly #window = new Uint8Array(WINDOW)
  #from = 0
  #held = 0

  constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  get isAtEnd(): boolean {
    return this.position >= this.size
  }

  async field(): Promise<FieldHead> {
    const key = await this.#varint()
    const [number, wire] = [Math.floor(key / 8), key % 8]
    switch (wire) {
      case VARINT:
        await this.#varint()
        return { number, wire, length: 0 }
      case FIXED64:
        return { number, wire, length: 8 }
      case BYTES:
        return { number, wire, length: await this.#varint() }
      case FIXED32:
        return { number, wire, length: 4 }
      default:
        throw damaged()
    }
  }

  async skip({ length }: FieldHead): Promise<void> {
    if (this.position + length > this.size) throw damaged()
    this.position += length
  }

  async bytes(length: number): Promise<Uint8Array> {
    if (length > MOST_BYTES || this.position + length > this.size) throw damaged()
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at++) bytes[at] = await this.#byte()
    return bytes
  }

  async #varint(): Promise<number> {
    let value = 0
    for (let shift = 0; shift <= 63; shift += 7) {
      const byte = await this.#byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw damaged()
  }

  async #byte(): Promise<number> {
    const inside = this.position - this.#from
    if (inside < 0 || inside >= this.#held) {
      const { bytesRead } = await this.#file.read(this.#window, 0, WINDOW, this.position)
      if (bytesRead === 0) throw damaged()
      this.#from = this.position
      this.#held = bytesRead
    }
    return this.#window[this.position++ - this.#from] ?? 0
  }
}
