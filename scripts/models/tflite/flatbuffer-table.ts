import { ByteBuffer, Encoding } from 'flatbuffers'

/** Bytes of an offset, the unit in which tables and strings are referred to. */
const OFFSET_BYTES = 4

/**
 * Reads one table of a FlatBuffer by the ids of its fields, which are their positions in the schema from 0. A field
 * that is absent has the schema's default. Reading outside the buffer throws a RangeError.
 */
export class FlatBufferTable {
  readonly #buffer: ByteBuffer
  readonly #position: number

  private constructor(buffer: ByteBuffer, position: number) {
    this.#buffer = buffer
    this.#position = position
  }

  static root(bytes: Uint8Array): FlatBufferTable {
    const buffer = new ByteBuffer(bytes)
    return new FlatBufferTable(buffer, checked(buffer, buffer.readInt32(0)))
  }

  int8(field: number, absent = 0): number {
    const at = this.#field(field)
    return at ? this.#buffer.readInt8(at) : absent
  }

  int32(field: number, absent = 0): number {
    const at = this.#field(field)
    return at ? this.#buffer.readInt32(at) : absent
  }

  float32(field: number, absent = 0): number {
    const at = this.#field(field)
    return at ? this.#buffer.readFloat32(at) : absent
  }

  string(field: number): string {
    const at = this.#field(field)
    const text = at ? this.#buffer.__string(at, Encoding.UTF16_STRING) : ''
    return typeof text === 'string' ? text : Buffer.from(text).toString()
  }

  table(field: number): FlatBufferTable | null {
    const at = this.#field(field)
    return at ? this.#indirect(at) : null
  }

  tables(field: number): FlatBufferTable[] {
    return this.#vector(field, OFFSET_BYTES, (at) => this.#indirect(at))
  }

  int32s(field: number): number[] {
    return this.#vector(field, Int32Array.BYTES_PER_ELEMENT, (at) => this.#buffer.readInt32(at))
  }

  /** A copy, so that it can be viewed as numbers of any width. */
  bytes(field: number): Uint8Array<ArrayBuffer> {
    const at = this.#field(field)
    if (!at) return new Uint8Array()
    const start = checked(this.#buffer, this.#buffer.__vector(at))
    return new Uint8Array(this.#buffer.bytes().subarray(start, checked(this.#buffer, start + this.#length(at))))
  }

  #vector<T>(field: number, itemBytes: number, read: (at: number) => T): T[] {
    const at = this.#field(field)
    if (!at) return []
    const start = checked(this.#buffer, this.#buffer.__vector(at))
    const length = this.#length(at)
    checked(this.#buffer, start + length * itemBytes)
    return Array.from({ length }, (_, index) => read(start + index * itemBytes))
  }

  #length(at: number): number {
    const length = this.#buffer.__vector_len(at)
    if (length < 0) throw new RangeError('A vector of negative length.')
    return length
  }

  #indirect(at: number): FlatBufferTable {
    return new FlatBufferTable(this.#buffer, checked(this.#buffer, this.#buffer.__indirect(at)))
  }

  /** Position of the field's value, 0 where it is absent. Vtables begin with two 16-bit sizes. */
  #field(field: number): number {
    const offset = this.#buffer.__offset(this.#position, 4 + 2 * field)
    return offset ? checked(this.#buffer, this.#position + offset) : 0
  }
}

function checked(buffer: ByteBuffer, position: number): number {
  if (position >= 0 && position <= buffer.capacity()) return position
  throw new RangeError(`Position ${position} is outside a buffer of ${buffer.capacity()} bytes.`)
}
