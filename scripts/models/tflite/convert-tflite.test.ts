import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../../src/domain/errors.ts'
import { ChannelsLastGraph } from '../channels-last/channels-last-graph.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { convertTflite } from './convert-tflite.ts'
import { readTflite, type TfliteOperator, type TfliteTensor } from './tflite-model.ts'
import { convertOperator } from './tflite-operators.ts'
import { TfliteValues } from './tflite-values.ts'

const detector = readFileSync(
  new URL('../../../node_modules/@mediapipe/face_detection/face_detection_short_range.tflite', import.meta.url)
)

describe('readTflite', () => {
  it('reads tensors, operators, inputs and outputs', () => {
    const { tensors, operators, inputs, outputs } = readTflite(detector)
    expect(inputs.map((index) => tensors[index]?.shape)).toEqual([[1, 128, 128, 3]])
    expect(outputs.map((index) => tensors[index]?.shape)).toEqual([
      [1, 896, 16],
      [1, 896, 1]
    ])
    expect(operators.length).toBeGreaterThan(50)
  })
})

describe('convertTflite', () => {
  const names = { inputs: ['input'], outputs: ['boxes', 'scores'] }

  it('refuses what is no such file', () => {
    const unsupported = expect.objectContaining({ code: 'model-unsupported' })
    expect(() => convertTflite(new Uint8Array(), names)).toThrow(unsupported)
    expect(() => convertTflite(detector, { inputs: ['input'], outputs: ['boxes'] })).toThrow(unsupported)
  })

  it('answers damage with an error of ours', async () => {
    const convertOrExplain = (bytes: Uint8Array) => {
      try {
        convertTflite(bytes, names)
      } catch (error) {
        expect(error).toBeInstanceOf(StudioError)
      }
    }
    await fc.assert(
      fc.property(fc.integer({ min: 0, max: detector.length - 1 }), (length) => {
        convertOrExplain(detector.subarray(0, length))
      }),
      { numRuns: 30 }
    )
    const flips = fc.array(
      fc.tuple(fc.integer({ min: 8, max: detector.length - 1 }), fc.integer({ min: 1, max: 255 })),
      {
        minLength: 1,
        maxLength: 40
      }
    )
    await fc.assert(
      fc.property(flips, (changes) => {
        const bytes = new Uint8Array(detector)
        for (const [position, flip] of changes) bytes[position] = (bytes[position] ?? 0) ^ flip
        convertOrExplain(bytes)
      }),
      { numRuns: 30 }
    )
  })
})

describe('convertOperator', () => {
  const tensor: TfliteTensor = { name: 'x', shape: [1, 2, 2, 1], type: 'float32', bytes: new Uint8Array() }

  function convert(operator: Partial<TfliteOperator>): void {
    const graph = new ChannelsLastGraph(new GraphBuilder('test'))
    const values = new TfliteValues({ tensors: [tensor, tensor], operators: [], inputs: [0], outputs: [1] })
    values.set(0, graph.fromLast(graph.builder.input('x', 'float32', tensor.shape), 4))
    convertOperator(graph, values, { code: 19, custom: '', inputs: [0], outputs: [1], options: null, ...operator })
  }

  it('names an operator it does not know', () => {
    expect(() => convert({})).not.toThrow()
    expect(() => convert({ code: 32, custom: 'Landmarks2TransformMatrix' })).toThrow(/"Landmarks2TransformMatrix"/)
    expect(() => convert({ code: 117 })).toThrow(/operator with code 117/)
    expect(() => convert({ code: 25 })).toThrow(/softmax with a temperature/)
  })

  it('names a tensor that is used before it is made', () => {
    expect(() => convert({ inputs: [1] })).toThrow(/"x" is used before it is made/)
  })
})
