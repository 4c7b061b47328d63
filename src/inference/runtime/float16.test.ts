import * as ort from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../scripts/models/onnx/graph-builder.ts'
import { decodeFloat16, encodeFloat16 } from './float16.ts'

const FLOAT16 = 10

describe('float16', () => {
  let cast: ort.InferenceSession
  beforeAll(async () => {
    const graph = new GraphBuilder('cast')
    graph.output('y', graph.node('Cast', [graph.input('x', 'float32', ['n'])], { to: FLOAT16 }), 'float16', ['n'])
    cast = await ort.InferenceSession.create(graph.toModel())
  })

  const byRuntime = async (values: Float32Array) => {
    const { y } = await cast.run({ x: new ort.Tensor('float32', values, [values.length]) })
    const data: unknown = y?.data
    if (!(data instanceof Uint16Array)) throw new TypeError('Expected halves.')
    return data
  }

  it('decodes every half and encodes it back', () => {
    const halves = Uint16Array.from({ length: 1 << 16 }, (_, half) => half)
    const values = decodeFloat16(halves)
    const back = encodeFloat16(values)
    for (let half = 0; half < 1 << 16; half++) {
      if (Number.isNaN(values[half])) expect(back[half]).toBe(0x7e00)
      else if (back[half] !== half) throw new Error(`${half} became ${back[half]}`)
    }
    expect([values[0x3c00], values[0xc000], values[1], values[0x7bff]]).toEqual([1, -2, 2 ** -24, 65504])
  })

  it('rounds as onnxruntime does, between all neighbours and beyond the largest', async () => {
    const values: number[] = []
    const all = decodeFloat16(Uint16Array.from({ length: 0x7c00 }, (_, half) => half))
    for (let half = 0; half + 1 < all.length; half += 7) {
      const [low, high] = [all[half] ?? 0, all[half + 1] ?? 0]
      const middle = (low + high) / 2
      values.push(middle, Math.fround(middle * (1 + 2 ** -20)), -Math.fround(middle * (1 - 2 ** -20)))
    }
    values.push(65519, 65520, 70000, -1e30, 1e-9, -(2 ** -25), 2 ** -25 * 1.01)
    const inputs = Float32Array.from(values)
    const [ours, theirs] = [encodeFloat16(inputs), await byRuntime(inputs)]
    for (const [at, half] of theirs.entries()) {
      if (ours[at] !== half) throw new Error(`${inputs[at]} became ${ours[at]}, not ${half}`)
    }
  })
})
