import { describe, expect, it } from 'vitest'
import { convertGraphModel } from './convert-graph-model.ts'
import { convertLayersModel } from './convert-layers-model.ts'

const noShard = () => new Uint8Array()
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('convertGraphModel', () => {
  const input = { name: 'x', op: 'Placeholder', attr: { shape: { shape: { dim: [{ size: '-1' }, { size: '2' }] } } } }
  const convert = (...node: object[]) =>
    convertGraphModel({ modelTopology: { node: [input, ...node] }, weightsManifest: [] }, noShard, {
      input: 'input',
      output: 'output',
      outputShape: [1, 2]
    })

  it('names what it does not know', () => {
    expect(() => convert({ name: 'y', op: 'Softmax', input: ['x'] })).not.toThrow()
    expect(() => convert({ name: 'y', op: 'FFT', input: ['x'] })).toThrow(/"y" has the operation FFT/)
    const fused = { fused_ops: { list: { s: [base64('BiasAdd'), base64('Elu')] } } }
    expect(() => convert({ name: 'y', op: '_FusedConv2D', input: ['x', 'k', 'b'], attr: fused })).toThrow(/no node "k"/)
    expect(() => convert({ name: 'y', op: 'Relu', input: ['x'] }, { name: 'z', op: 'Relu', input: ['x'] })).toThrow(
      /2 outputs, not one/
    )
  })
})

describe('convertLayersModel', () => {
  const convert = (class_name: string, config: object) => {
    const layers = [
      { name: 'x', class_name: 'InputLayer', config: {}, inbound_nodes: [] },
      { name: 'y', class_name, config, inbound_nodes: [[['x', 0, 0, {}]]] }
    ]
    const modelTopology = { model_config: { config: { layers, output_layers: [['y', 0, 0]] } } }
    const names = { input: 'input', output: 'output', channels: 3, scale: 1 }
    return convertLayersModel({ modelTopology, weightsManifest: [] }, noShard, names)
  }

  it('names what it does not know', () => {
    expect(() => convert('Activation', { activation: 'relu' })).not.toThrow()
    const unsupported = { code: 'model-unsupported', message: expect.stringContaining('"y"') }
    expect(() => convert('Dropout', {})).toThrow(expect.objectContaining(unsupported))
    expect(() => convert('Activation', { activation: 'swish' })).toThrow(expect.objectContaining(unsupported))
    expect(() => convert('UpSampling2D', { size: [2, 2], interpolation: 'bilinear' })).toThrow(
      expect.objectContaining(unsupported)
    )
  })
})
