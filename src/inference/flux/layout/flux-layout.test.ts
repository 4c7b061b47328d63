import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { floats } from '../../../../scripts/models/onnx/constant.ts'
import { GraphBuilder } from '../../../../scripts/models/onnx/graph-builder.ts'
import { modelProto } from '../../../../scripts/models/onnx/model-proto.ts'
import { writeTinyFlux } from '../../../../scripts/models/tiny-flux/write-tiny-flux.ts'
import { StudioError } from '../../../domain/errors.ts'
import { fluxFamilyIdSchema } from '../../../domain/flux-family.ts'
import { readGraphSignature } from '../../runtime/onnx-signature.ts'
import { clipTokens, qwenTokens, t5Tokens } from '../text/prompt-tokens.ts'
import { openFluxLayout } from './flux-layout.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-flux-layout-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('openFluxLayout', () => {
  it.each(fluxFamilyIdSchema.options)('recognises %s, in floats of 16 and of 32 bits', async (family) => {
    for (const io of ['float32', 'float16'] as const) {
      await writeTinyFlux(folder, family, { io })
      const layout = await openFluxLayout(folder)
      expect(layout.family.id).toBe(family)
      expect(layout.transformer.inputs.hidden_states).toBe(io)
      expect(layout.vaeDecoder.output.type).toBe(io)
      expect(layout.transformer.bytes).toBeGreaterThan(100)
    }
  })

  it('names the file that is missing', async () => {
    await writeTinyFlux(folder, 'flux2-klein', { io: 'float32' })
    await rm(join(folder, 'vae_encoder.onnx'))
    await expect(openFluxLayout(folder)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('vae_encoder.onnx')
    })
    await rm(join(folder, 'transformer.onnx'))
    await expect(openFluxLayout(folder)).rejects.toMatchObject({ code: 'model-unsupported' })
    await expect(openFluxLayout(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'model-missing' })
  })

  it('wants a tokenizer', async () => {
    await writeTinyFlux(folder, 'flux1-dev', { io: 'float32' })
    await rm(join(folder, 'tokenizer', 'merges.txt'))
    await expect(openFluxLayout(folder)).rejects.toMatchObject({ code: 'model-missing' })
  })

  it.each([
    ['bfloat16', ['one', 'S', 128], 16, /bfloat16/],
    ['another rank', ['S', 128], 1, /2 dimensions, not 3/],
    ['another width', [1, 'S', 64], 1, /64 values where 128/],
    ['one size only', [1, 4096, 128], 1, /fixed to 4096/],
    ['whole numbers', [1, 'S', 128], 7, /int64, not float32 or float16/]
  ] as const)('refuses a transformer for %s', async (_, dims, elementType, reason) => {
    await writeTinyFlux(folder, 'flux2-klein', { io: 'float32' })
    const path = join(folder, 'transformer.onnx')
    const model = modelProto.decode(await readFile(path)).toJSON()
    const input = model.graph.input.find(({ name }: { name: string }) => name === 'hidden_states')
    input.type.tensorType = {
      elemType: elementType,
      shape: { dim: dims.map((dim) => (typeof dim === 'number' ? { dimValue: dim } : { dimParam: dim })) }
    }
    await writeFile(path, modelProto.encode(modelProto.fromObject(model)).finish())
    await expect(openFluxLayout(folder)).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringMatching(reason)
    })
  })

  it('refuses a graph that takes more than the studio knows', async () => {
    await writeTinyFlux(folder, 'flux1-schnell', { io: 'float32' })
    const graph = new GraphBuilder('other')
    graph.input('secret', 'float32', [1])
    const words = graph.input('input_ids', 'int64', [1, 'L'])
    graph.output('pooler_output', graph.node('Cast', [words], { to: 1 }), 'float32', [1, 768])
    await writeFile(join(folder, 'text_encoder', 'model.onnx'), graph.toModel())
    await expect(openFluxLayout(folder)).rejects.toMatchObject({ message: expect.stringContaining('"secret"') })
  })
})

describe('readGraphSignature', () => {
  it('steps over weights', async () => {
    const graph = new GraphBuilder('large')
    const x = graph.input('x', 'float16', ['n', 3])
    const weights = graph.constant(floats([500_000], new Float32Array(500_000)))
    graph.output('w', weights, 'float32', [500_000])
    graph.output('y', x, 'float16', ['n', 3])
    const path = join(folder, 'large.onnx')
    await writeFile(path, graph.toModel())
    expect(await readGraphSignature(path)).toEqual({
      inputs: [{ name: 'x', type: 'float16', dims: [null, 3] }],
      outputs: [
        { name: 'w', type: 'float32', dims: [500_000] },
        { name: 'y', type: 'float16', dims: [null, 3] }
      ]
    })
  })

  it('refuses what is cut anywhere, or no model, with a StudioError', async () => {
    await writeTinyFlux(folder, 'flux2-klein', { io: 'float32' })
    const path = join(folder, 'text_encoder.onnx')
    const whole = await readFile(path)
    await truncate(path, whole.length - 1)
    await expect(readGraphSignature(path)).rejects.toMatchObject({ code: 'model-damaged' })
    const start = whole.subarray(0, 400)
    await fc.assert(
      fc.asyncProperty(fc.nat(start.length), fc.uint8Array({ maxLength: 40 }), async (cut, junk) => {
        await writeFile(path, Buffer.concat([start.subarray(0, cut), junk]))
        const outcome: unknown = await readGraphSignature(path).catch((thrown: unknown) => thrown)
        expect(outcome instanceof StudioError ? outcome.code : 'read').toMatch(/^(model-damaged|read)$/)
      })
    )
  })
})

describe('the tokenizers', () => {
  it('say a prompt as each text encoder wants it, cut where it is too long', async () => {
    await writeTinyFlux(folder, 'flux2-klein', { io: 'float32' })
    const chat = await qwenTokens(join(folder, 'tokenizer'), 'a b', 512)
    // <|im_start|> u s e r \n a ␣ b <|im_end|> …
    expect(chat.ids.slice(0, 10)).toEqual([257, 117, 115, 101, 114, 10, 97, 32, 98, 258])
    expect([chat.ids.length, chat.mask.indexOf(0), chat.ids.at(-1)]).toEqual([512, chat.length, 256])
    expect(chat.length).toBe(chat.mask.lastIndexOf(1) + 1)

    const dev = join(folder, 'dev')
    await writeTinyFlux(dev, 'flux1-dev', { io: 'float32' })
    const clip = await clipTokens(join(dev, 'tokenizer'), 'A b')
    expect(clip.ids.slice(0, 5)).toEqual([512, 256 + 97, 256 + 98, 513, 513])
    expect(clip.ids).toHaveLength(77)
    const long = await clipTokens(join(dev, 'tokenizer'), 'word '.repeat(100))
    // Each letter is one, and so are both marks.
    expect([long.ids.length, long.ids.at(-1), long.length]).toEqual([77, 513, 402])
    const t5 = await t5Tokens(join(dev, 'tokenizer_2'), 'ab', 512)
    expect(t5.ids.slice(0, 5)).toEqual([3, 4 + 64, 4 + 65, 1, 0])
  })
})
