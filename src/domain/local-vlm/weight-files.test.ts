import { describe, expect, it } from 'vitest'
import { memoryNeed, requireMemory } from './memory-need.ts'
import { chooseWeights } from './weight-files.ts'

const files = (...names: string[]) => names.map((name, at) => ({ name, bytes: 10 ** at }))
const ALL = ['vision_encoder', 'embed_tokens', 'decoder_model_merged']
const of = (...suffixes: string[]) => files(...ALL.flatMap((name) => suffixes.map((suffix) => `${name}${suffix}.onnx`)))

describe('chooseWeights', () => {
  it.each([
    ['processor', of('', '_fp16', '_q4', '_q4f16'), 'q4'],
    ['processor', of('', '_fp16'), 'fp32'],
    ['processor', of('_fp16'), 'fp16'],
    ['graphics', of('', '_fp16', '_q4', '_q4f16'), 'q4f16'],
    ['graphics', of('', '_fp16', '_q4'), 'fp16'],
    ['graphics', of('_quantized', ''), 'fp32'],
    ['graphics', of('_quantized'), 'q8']
  ] as const)('takes what suits %s', (device, list, type) => {
    expect(chooseWeights(list, device)).toMatchObject({
      types: { vision_encoder: type, embed_tokens: type, decoder_model_merged: type }
    })
  })

  it('takes each session as it is there, and counts the data beside it and no others', () => {
    const list = files(
      'vision_encoder_fp16.onnx',
      'embed_tokens.onnx',
      'decoder_model_merged_q4.onnx',
      'decoder_model_merged_q4.onnx_data',
      'decoder_model_merged_q4.onnx_data_1',
      'decoder_model_merged.onnx_data',
      'vision_encoder_q4f16.onnx'
    )
    expect(chooseWeights(list, 'graphics')).toEqual({
      types: { vision_encoder: 'q4f16', embed_tokens: 'fp32', decoder_model_merged: 'q4' },
      bytes: 1_011_110
    })
  })

  it('names the sessions that are missing', () => {
    expect(chooseWeights(files('embed_tokens_q4.onnx', 'decoder_model.onnx'), 'processor')).toEqual({
      missing: ['vision_encoder', 'decoder_model_merged']
    })
  })
})

describe('memory', () => {
  const GB = 1024 ** 3
  const weights = (type: 'q4' | 'fp16') => ({
    types: { vision_encoder: type, embed_tokens: type, decoder_model_merged: type },
    bytes: 2 * GB
  })

  it('is more than the weights, and twice that of half floats on a processor', () => {
    expect(memoryNeed(weights('q4'), 'processor')).toBeGreaterThan(2 * GB)
    expect(memoryNeed(weights('fp16'), 'processor')).toBeGreaterThan(4 * GB)
    expect(memoryNeed(weights('fp16'), 'graphics')).toBe(memoryNeed(weights('q4'), 'graphics'))
  })

  it('is refused before anything is opened where it would not fit', () => {
    expect(() => requireMemory(3 * GB, 4 * GB, 0.9)).not.toThrow()
    expect(() => requireMemory(3 * GB, 4 * GB, 0.5)).toThrow(
      expect.objectContaining({ code: 'engine-out-of-memory', message: expect.stringContaining('3.0 GB') })
    )
  })
})
