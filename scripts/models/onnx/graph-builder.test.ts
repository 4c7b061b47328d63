import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { elementCount, floatData, floats, int64s, permute, scalar } from './constant.ts'
import { float, GraphBuilder } from './graph-builder.ts'

const run = async (model: Uint8Array | string, feeds: Record<string, ort.Tensor>) => {
  const session = await (typeof model === 'string'
    ? ort.InferenceSession.create(model)
    : ort.InferenceSession.create(model))
  const outputs = await session.run(feeds)
  await session.release()
  return outputs
}

const numbers = (tensor: ort.Tensor | undefined) => {
  if (tensor?.data instanceof Float32Array) return Array.from(tensor.data)
  throw new TypeError('No such float output.')
}

describe('GraphBuilder', () => {
  it('makes a model that onnxruntime runs, with attributes of every kind', async () => {
    const graph = new GraphBuilder('kinds')
    const input = graph.input('input', 'float32', [1, 2, 'height', 'width'])
    const kernel = graph.constant(floats([1, 2, 1, 1], [10, 100]))
    const mixed = graph.node('Conv', [input, kernel], { strides: [1, 1], auto_pad: 'SAME_UPPER', group: 1 })
    graph.output('output', graph.node('LeakyRelu', [mixed], { alpha: float(0.5) }), 'float32', [
      1,
      1,
      'height',
      'width'
    ])

    const pixels = new ort.Tensor('float32', [1, -2, 3, -4], [1, 2, 1, 2])
    const { output } = await run(graph.toModel(), { input: pixels })
    expect(output?.dims).toEqual([1, 1, 1, 2])
    expect(numbers(output)).toEqual([1 * 10 + 3 * 100, 0.5 * (-2 * 10 + -4 * 100)])
  })

  it('leaves optional inputs out and takes whole numbers as constants', async () => {
    const graph = new GraphBuilder('resize')
    const input = graph.input('input', 'float32', [1, 1, 1, 2])
    const twice = graph.node('Resize', [input, null, null, graph.constant(int64s([1, 1, 1, 4]))], { mode: 'nearest' })
    graph.output('output', twice, 'float32', [1, 1, 1, 4])
    const { output } = await run(graph.toModel(), { input: new ort.Tensor('float32', [5, 7], [1, 1, 1, 2]) })
    expect(numbers(output)).toEqual([5, 5, 7, 7])
  })

  it('takes weights from a file beside the model, and operators of onnxruntime', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'graph-builder-'))
    try {
      const weights = Float32Array.from([9, 1, 3])
      await writeFile(join(folder, 'weights.bin'), Buffer.from(weights.buffer))
      const graph = new GraphBuilder('external')
      const x = graph.input('x', 'float32', [2])
      const beside = graph.constant({ type: 'float32', dims: [2], file: 'weights.bin', offset: 4, bytes: 8 })
      const scaled = graph.node('QuickGelu', [graph.node('Mul', [x, beside])], { alpha: float(0) }, 'com.microsoft')
      graph.output('y', scaled, 'float32', [2])
      await writeFile(join(folder, 'model.onnx'), graph.toModel())
      const { y } = await run(join(folder, 'model.onnx'), { x: new ort.Tensor('float32', [10, 20], [2]) })
      // With α 0 the gate is a half: x · σ(0).
      expect(numbers(y)).toEqual([5, 30])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('gives one value several output names, an input too', async () => {
    const graph = new GraphBuilder('names')
    const x = graph.input('x', 'float32', [2])
    const doubled = graph.node('Mul', [x, graph.constant(scalar(2))])
    graph.output('doubled', doubled, 'float32', [2])
    graph.output('again', doubled, 'float32', [2])
    graph.output('same', x, 'float32', [2])
    const outputs = await run(graph.toModel(), { x: new ort.Tensor('float32', [1, 2], [2]) })
    expect(Object.keys(outputs)).toEqual(['doubled', 'again', 'same'])
    expect(numbers(outputs.again)).toEqual([2, 4])
    expect(numbers(outputs.same)).toEqual([1, 2])
  })

  it('makes the same bytes each time', () => {
    const build = () => {
      const graph = new GraphBuilder('same')
      graph.output('y', graph.node('Relu', [graph.input('x', 'float32', [1])]), 'float32', [1])
      return graph.toModel()
    }
    expect(build()).toEqual(build())
  })

  it('refuses what ONNX would misread', () => {
    const graph = new GraphBuilder('wrong')
    const x = graph.input('x', 'float32', [1])
    expect(() => graph.input('x', 'float32', [1])).toThrow(/two values called "x"/)
    expect(() => floats([2, 2], [1, 2, 3])).toThrow(/holds 4 values, not 3/)
    graph.output('y', graph.node('LeakyRelu', [x], { alpha: 0.5 }), 'float32', [1])
    expect(() => graph.toModel()).toThrow(/float\(\)/)
  })
})

describe('permute', () => {
  it('agrees with the Transpose of onnxruntime', async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
    const cases = shapes.chain((dims) =>
      fc.record({
        dims: fc.constant(dims),
        order: fc.shuffledSubarray(
          dims.map((_, axis) => axis),
          { minLength: dims.length }
        )
      })
    )
    await fc.assert(
      fc.asyncProperty(cases, async ({ dims, order }) => {
        const values = Float32Array.from({ length: elementCount(dims) }, (_, i) => i)
        const graph = new GraphBuilder('transpose')
        const x = graph.input('x', 'float32', dims)
        const turned = graph.node('Transpose', [x], { perm: order })
        const expected = permute(floats(dims, values), order)
        graph.output('y', turned, 'float32', expected.dims)
        const { y } = await run(graph.toModel(), { x: new ort.Tensor('float32', values, dims) })
        expect(y?.dims).toEqual(expected.dims)
        expect(numbers(y)).toEqual(Array.from(floatData(expected)))
      }),
      { numRuns: 40 }
    )
  })
})
