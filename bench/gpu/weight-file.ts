import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { type ExternalTensor, elementCount } from '../../scripts/models/onnx/constant.ts'

/** Standard deviation of the weights: what keeps activations of this network within 16-bit floats. */
const SIGMA = 0.02
/** Values drawn once and used over and over from another place. */
const BLOCK = 1 << 22
/** Odd, so that tensors do not begin alike. */
const STRIDE = 1_000_003

export interface NamedTensor extends ExternalTensor {
  readonly name: string
}

/** Hands out places in one file of random 16-bit floats, and writes it. */
export class WeightFile {
  readonly tensors: NamedTensor[] = []
  readonly #file: string
  #offset = 0

  /** @param file name, relative to the model's folder */
  constructor(file: string) {
    this.#file = file
  }

  get bytes(): number {
    return this.#offset
  }

  tensor(name: string, dims: readonly number[]): NamedTensor {
    const bytes = 2 * elementCount(dims)
    const tensor: NamedTensor = { name, type: 'float16', dims, file: this.#file, offset: this.#offset, bytes }
    this.tensors.push(tensor)
    this.#offset += bytes
    return tensor
  }

  /** @param path of the file that `tensor` promised */
  async write(path: string): Promise<void> {
    const block = randomHalves(BLOCK)
    const stream = createWriteStream(path)
    for (const [index, { bytes }] of this.tensors.entries()) {
      let start = (index * STRIDE) % BLOCK
      for (let left = bytes / 2; left > 0; start = 0) {
        const part = block.subarray(start, start + Math.min(left, BLOCK - start))
        left -= part.length
        const chunk = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
        if (!stream.write(chunk)) await once(stream, 'drain')
      }
    }
    stream.end()
    await finished(stream)
  }
}

function randomHalves(count: number): Uint16Array {
  const halves = new Uint16Array(count)
  let state = 1
  const uniform = () => {
    // Marsaglia's xorshift32, https://www.jstatsoft.org/article/view/v008i14
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return ((state >>> 0) + 1) / 4294967297
  }
  for (let index = 0; index < count; index++) {
    halves[index] = toHalf(SIGMA * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()))
  }
  return halves
}

const single = new Float32Array(1)
const bits = new Uint32Array(single.buffer)

/** IEEE 754 binary16 of a number within its normal range; smaller ones become 0. Mantissas are cut, not rounded. */
export function toHalf(value: number): number {
  single[0] = value
  const [word = 0] = bits
  const exponent = ((word >>> 23) & 0xff) - 127 + 15
  if (exponent <= 0) return (word >>> 16) & 0x8000
  return ((word >>> 16) & 0x8000) | (exponent << 10) | ((word >>> 13) & 0x3ff)
}
