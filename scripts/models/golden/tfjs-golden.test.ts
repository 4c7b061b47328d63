import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs'
import { FaceRecognitionNet, tf as faceApiTf } from '@vladmandic/face-api/dist/face-api.node-wasm.js'
import * as ort from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { BuiltInModel } from '../../../src/domain/built-in-models.ts'
import { type CatalogueModel, readCatalogue } from '../catalogue.ts'
import { convertModel } from '../convert-model.ts'
import { readSources } from '../source-files.ts'
import { type Answer, largestDifference, runModel } from './compare.ts'
import { type PatternName, patternBytes } from './patterns.ts'

/** In parts of the largest value: what 32-bit sums in another order may differ by. */
const TOLERANCE = 1e-4

const patterns: readonly PatternName[] = ['noise', 'waves']

const modelFileSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.enum(['float32', 'int32']) }).strict()
      )
    })
  )
})

beforeAll(async () => {
  await tf.setBackend('cpu')
  await tf.ready()
})

function catalogued(id: BuiltInModel): CatalogueModel {
  const model = readCatalogue().find((candidate) => candidate.id === id)
  if (model) return model
  throw new Error(`There is no model "${id}".`)
}

/** The source as TensorFlow.js itself reads it. */
async function sourceInMemory(model: CatalogueModel): Promise<tf.io.IOHandler> {
  const { main, shard } = await readSources(model)
  const { modelTopology, weightsManifest } = modelFileSchema.parse(JSON.parse(Buffer.from(main).toString('utf8')))
  const weightData = new Uint8Array(Buffer.concat(weightsManifest.flatMap(({ paths }) => paths.map(shard)))).buffer
  return tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest.flatMap((group) => group.weights), weightData })
}

async function answer(model: CatalogueModel, input: Float32Array, dims: readonly number[]): Promise<Answer> {
  const answers = await runModel(await convertModel(model), { input: new ort.Tensor('float32', input, dims) })
  const found = answers[model.outputs[0]]
  if (found) return found
  throw new Error(`"${model.id}" has no output "${model.outputs[0]}".`)
}

/** Channels first out of channels last, of one picture. */
function planar(interleaved: Float32Array, channels: number): Float32Array {
  const pixels = interleaved.length / channels
  return interleaved.map((_, i) => interleaved[(i % pixels) * channels + Math.floor(i / pixels)] ?? 0)
}

describe('the converted networks answer as in TensorFlow.js', () => {
  it.each(patterns)('face-expression, %s', async (pattern) => {
    const model = catalogued('face-expression')
    const input = Float32Array.from(patternBytes(pattern, 64, 64, 1), (level) => level / 127.5 - 1)
    const network = await tf.loadGraphModel(await sourceInMemory(model))
    const expected = network.predict(tf.tensor4d(input, [1, 64, 64, 1]))
    if (!(expected instanceof tf.Tensor)) throw new TypeError('One output was expected.')
    const { dims, data } = await answer(model, input, [1, 64, 64, 1])
    // Probabilities of such pictures are 0 or 1 almost exactly; their logarithms tell networks apart.
    expectSame({ dims, data: data.map(Math.log) }, tf.log(expected))
  })

  it.each(patterns)('eye-contours, %s', async (pattern) => {
    const model = catalogued('eye-contours')
    const input = Float32Array.from(patternBytes(pattern, 64, 64, 3), (level) => level / 255)
    const network = await tf.loadGraphModel(await sourceInMemory(model))
    const expected = network.predict(tf.tensor4d(input, [1, 64, 64, 3]))
    expectSame(await answer(model, input, [1, 64, 64, 3]), expected)
  })

  it.each(patterns)('face-identity, %s, against face-api', async (pattern) => {
    const model = catalogued('face-identity')
    const path = new URL(`../../../node_modules/${model.package.name}/${model.files[0].path}`, import.meta.url)
    const network = new FaceRecognitionNet()
    await network.loadFromDisk(dirname(fileURLToPath(path)))
    const bytes = patternBytes(pattern, 150, 150, 3)
    const expected = await network.computeFaceDescriptor(faceApiTf.tensor4d(Float32Array.from(bytes), [1, 150, 150, 3]))
    // face-api's own normalisation: FaceRecognitionNet.ts, meanRgb, and division by 255.
    const means = [122.782, 117.001, 104.298]
    const normalised = Float32Array.from(bytes, (level, i) => (level - (means[i % 3] ?? 0)) / 255)
    const { dims, data } = await answer(model, planar(normalised, 3), [1, 3, 150, 150])
    expect(dims).toEqual([1, 128])
    if (!(expected instanceof Float32Array)) throw new TypeError('One face was expected.')
    expect(largestDifference(data, expected)).toBeLessThan(TOLERANCE)
  })
})

function expectSame(actual: Answer, expected: tf.Tensor | tf.Tensor[] | tf.NamedTensorMap): void {
  if (!(expected instanceof tf.Tensor)) throw new TypeError('One output was expected.')
  expect(actual.dims).toEqual(expected.shape)
  expect(largestDifference(actual.data, Float32Array.from(expected.dataSync()))).toBeLessThan(TOLERANCE)
}
