import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { kleinGraph } from './klein-graph.ts'
import { KLEIN, operationsPerStep, TINY } from './klein-size.ts'
import { toHalf, WeightFile } from './weight-file.ts'

it('has the size of klein: four billion weights', () => {
  const weights = new WeightFile('weights.bin')
  kleinGraph(KLEIN, 4, weights)
  expect(weights.bytes / 2).toBeGreaterThan(3.8e9)
  expect(weights.bytes / 2).toBeLessThan(4e9)
  // Two operations a weight and token, less the weights that see one vector only, and attention on top.
  expect(operationsPerStep(KLEIN, 4096)).toBeGreaterThan(2 * 3.6e9 * 4608)
})

it('runs, and depends on where a token stands', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'klein-'))
  try {
    const weights = new WeightFile('weights.bin')
    await writeFile(join(folder, 'model.onnx'), kleinGraph(TINY, 4, weights))
    await weights.write(join(folder, 'weights.bin'))
    expect((await stat(join(folder, 'weights.bin'))).size).toBe(weights.bytes)
    const session = await ort.InferenceSession.create(join(folder, 'model.onnx'))
    const filled = (dims: number[], value: (at: number) => number) =>
      new ort.Tensor(
        'float32',
        Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, at) => value(at)),
        dims
      )
    const step = async (column: number) => {
      const { noise_pred } = await session.run({
        hidden_states: filled([1, 4, TINY.channels], Math.sin),
        encoder_hidden_states: filled([1, TINY.textTokens, TINY.textWidth], Math.cos),
        timestep: filled([1], () => 0.5),
        img_ids: filled([1, 4, 4], (at) => (at === 2 ? column : 0)),
        txt_ids: filled([1, TINY.textTokens, 4], (at) => (at % 4 === 3 ? Math.floor(at / 4) : 0))
      })
      if (!(noise_pred?.data instanceof Float32Array)) throw new TypeError('no output')
      return Array.from(noise_pred.data)
    }
    const here = await step(0)
    expect(here.every(Number.isFinite)).toBe(true)
    expect(here.some((value) => Math.abs(value) > 0.01)).toBe(true)
    expect(await step(0)).toEqual(here)
    expect(await step(9)).not.toEqual(here)
    await session.release()
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('writes halves as IEEE 754 has them', () => {
  expect([1, -2, 0.5, 65504, 0].map(toHalf)).toEqual([0x3c00, 0xc000, 0x3800, 0x7bff, 0])
})
