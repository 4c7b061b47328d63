import { describe, expect, it } from 'vitest'
import { floatData, integerData } from '../onnx/constant.ts'
import { readWeights, type WeightsManifest } from './weights-manifest.ts'

const manifest: WeightsManifest = [
  {
    paths: ['a', 'b'],
    weights: [
      { name: 'levels', shape: [3], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
      { name: 'axes', shape: [2], dtype: 'int32' },
      { name: 'kernel', shape: [1, 2], dtype: 'float32' }
    ]
  }
]

const bytes = new Uint8Array([
  ...[0, 2, 255],
  ...new Uint8Array(Int32Array.of(1, -2).buffer),
  ...new Uint8Array(Float32Array.of(0.25, -4).buffer)
])

describe('readWeights', () => {
  it('reads quantised, whole and real weights across the files of a group', () => {
    const weights = readWeights(manifest, (path) => (path === 'a' ? bytes.subarray(0, 5) : bytes.subarray(5)))
    expect(Array.from(floatData(weights.get('levels')))).toEqual([-1, 0, 126.5])
    expect(integerData(weights.get('axes'))).toEqual([1, -2])
    expect(Array.from(floatData(weights.get('kernel')))).toEqual([0.25, -4])
    expect(() => weights.get('bias')).toThrow(/no weights "bias"/)
  })

  it('refuses files that are too short or too long', () => {
    const damaged = expect.objectContaining({ code: 'model-damaged' })
    expect(() => readWeights(manifest, (path) => (path === 'a' ? bytes.subarray(0, -1) : new Uint8Array()))).toThrow(
      damaged
    )
    expect(() => readWeights(manifest, () => bytes)).toThrow(damaged)
  })
})
