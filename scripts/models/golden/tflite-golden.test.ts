import { readFileSync } from 'node:fs'
import * as ort from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readCatalogue } from '../catalogue.ts'
import { convertModel } from '../convert-model.ts'
import { largestDifference, runModel } from './compare.ts'
import { patternBytes } from './patterns.ts'

const goldenSchema = z.object({
  runtime: z.string(),
  cases: z.array(
    z.object({
      model: z.string(),
      pattern: z.enum(['noise', 'waves']),
      scale: z.enum(['signed', 'unit']),
      inputShape: z.tuple([z.literal(1), z.int(), z.int(), z.int()]),
      outputs: z.record(
        z.string(),
        z.object({ shape: z.array(z.int()), step: z.int().positive(), values: z.array(z.number()).min(1) })
      )
    })
  )
})

const golden = goldenSchema.parse(JSON.parse(readFileSync(new URL('tflite.json', import.meta.url), 'utf8')))
const tfliteModels = readCatalogue().filter(({ conversion }) => conversion.format === 'tflite')

/**
 * In parts of the largest value: what 32-bit sums in another order may differ by after some 60 convolutions. A wrong
 * padding, axis or pixel centre is off by more than a hundred times as much.
 */
const TOLERANCE = 1e-4

describe(`the converted networks answer as in ${golden.runtime}`, () => {
  it('compares every TensorFlow Lite model', () => {
    expect(new Set(golden.cases.map(({ model }) => model))).toEqual(new Set(tfliteModels.map(({ id }) => id)))
  })

  it.each(golden.cases)('$model, $pattern', async ({ model: id, pattern, scale, inputShape, outputs }) => {
    const model = tfliteModels.find((candidate) => candidate.id === id)
    if (!model) throw new Error(`There is no model "${id}".`)
    const [, height, width, channels] = inputShape
    const input = Float32Array.from(patternBytes(pattern, height, width, channels), (level) =>
      scale === 'signed' ? level / 127.5 - 1 : level / 255
    )
    const answers = await runModel(await convertModel(model), { input: new ort.Tensor('float32', input, inputShape) })
    expect(Object.keys(answers)).toEqual(Object.keys(outputs))
    for (const [name, { shape, step, values }] of Object.entries(outputs)) {
      const answer = answers[name]
      expect(answer?.dims).toEqual(shape)
      const sampled = Array.from(values, (_, index) => answer?.data[index * step] ?? Number.NaN)
      expect(largestDifference(sampled, values)).toBeLessThan(TOLERANCE)
    }
  })
})
