import { describe, expect, it } from 'vitest'
import { convertGraphModel } from './convert-graph-model.ts'

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
