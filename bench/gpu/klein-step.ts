/**
 * Times one step of a random-weight transformer of klein's true size on this machine's graphics card, through
 * the studio's own path (its sampler and its sessions over onnxruntime-node), and leaves what the comparison with PyTorch needs beside the model.
 *
 *   npx tsx bench/gpu/klein-step.ts --folder /dev/shm/klein --provider webgpu --edge 1024 --runs 5
 *   python3 bench/gpu/klein_torch.py /dev/shm/klein
 *
 * `--size tiny --provider cpu` runs anywhere and shows that both compute the same network.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import * as ort from 'onnxruntime-node'
import { z } from 'zod'
import { openGraph } from '../../src/inference/flux/engine/graph-session.ts'
import { velocityOf } from '../../src/inference/flux/engine/predict-velocity.ts'
import type { GraphFile } from '../../src/inference/flux/layout/graph-file.ts'
import { FLUX_FAMILIES } from '../../src/inference/flux/sampling/family.ts'
import { gaussianNoise } from '../../src/inference/flux/sampling/gaussian-noise.ts'
import { sample } from '../../src/inference/flux/sampling/sampler.ts'
import { kleinGraph } from './klein-graph.ts'
import { KLEIN, operationsPerStep, TINY } from './klein-size.ts'
import { WeightFile } from './weight-file.ts'

/** Picture pixels along one latent token: the VAE's 8, packed two by two. */
const PIXELS_PER_TOKEN = 16
const WEIGHTS = 'weights.bin'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '.cache/gpu-bench' },
    size: { type: 'string', default: 'klein' },
    provider: { type: 'string', default: 'webgpu' },
    edge: { type: 'string', default: '1024' },
    runs: { type: 'string', default: '5' }
  }
})
const options = z
  .object({
    folder: z.string(),
    size: z.enum(['klein', 'tiny']),
    provider: z.enum(['webgpu', 'cuda', 'cpu']),
    edge: z.coerce.number().int().multipleOf(PIXELS_PER_TOKEN),
    runs: z.coerce.number().int().min(1)
  })
  .parse(values)

const size = options.size === 'klein' ? KLEIN : TINY
const side = options.edge / PIXELS_PER_TOKEN
const pictureTokens = side * side
await mkdir(options.folder, { recursive: true })
const weights = new WeightFile(WEIGHTS)
const model = join(options.folder, 'transformer.onnx')
await writeFile(model, kleinGraph(size, pictureTokens, weights))
await weights.write(join(options.folder, WEIGHTS))
console.log(`${(weights.bytes / 1e9).toFixed(2)} GB of weights, ${pictureTokens} + ${size.textTokens} tokens`)

const inputs = {
  hidden_states: tensor([1, pictureTokens, size.channels], (at) => Math.sin(at * 12.9898) * 1.5),
  encoder_hidden_states: tensor([1, size.textTokens, size.textWidth], (at) => Math.sin(at * 78.233)),
  timestep: tensor([1], () => 0.75),
  img_ids: tensor([1, pictureTokens, 4], (at) => {
    const [token, axis] = [Math.floor(at / 4), at % 4]
    return axis === 1 ? Math.floor(token / side) : axis === 2 ? token % side : 0
  }),
  txt_ids: tensor([1, size.textTokens, 4], (at) => (at % 4 === 3 ? Math.floor(at / 4) : 0))
}

const graph: GraphFile = {
  path: model,
  bytes: weights.bytes,
  inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, 'float32'])),
  output: { name: 'noise_pred', type: 'float32', dims: null }
}
const began = performance.now()
const session = await openGraph(graph, options.provider)
console.log(`session ready in ${((performance.now() - began) / 1000).toFixed(1)} s`)
const times: number[] = []
let output: Float32Array = new Float32Array(0)
for (let run = 0; run <= options.runs; run++) {
  const start = performance.now()
  output = (await session.run(inputs)).data
  // The first run compiles shaders.
  if (run > 0) times.push(performance.now() - start)
  else console.log(`first run ${((performance.now() - start) / 1000).toFixed(1)} s`)
}
const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
const rate = operationsPerStep(size, pictureTokens) / (median / 1000) / 1e12
console.log(
  `onnxruntime ${ort.env.versions.node ?? ort.env.versions.common}, ${options.provider}: ` +
    `${median.toFixed(1)} ms a step (median of ${options.runs}), ${rate.toFixed(1)} TFLOP/s`
)

await samplePicture()

const save = (name: string, data: Float32Array) =>
  writeFile(join(options.folder, `${name}.f32`), Buffer.from(data.buffer, data.byteOffset, data.byteLength))
for (const [name, { data }] of Object.entries(inputs)) await save(name, data)
await save('noise_pred', output)
await writeFile(
  join(options.folder, 'bench.json'),
  JSON.stringify({ size, pictureTokens, tensors: weights.tensors, weights: WEIGHTS, milliseconds: times })
)
await session.release()

/** All steps of a picture, from noise, as the studio takes them. */
async function samplePicture(): Promise<void> {
  const family = FLUX_FAMILIES['flux2-klein']
  const grid = { columns: side, rows: side }
  const start = performance.now()
  const before = session.msInRuntime
  const noise = gaussianNoise(1, pictureTokens * size.channels)
  const order = {
    family,
    grid,
    steps: family.steps,
    guidance: null,
    textTokens: size.textTokens,
    noise,
    references: []
  }
  const words = inputs.encoder_hidden_states
  await sample(order, velocityOf(session, family, { words, pooled: null, isCut: false }), () => undefined)
  const inRuntime = session.msInRuntime - before
  const own = performance.now() - start - inRuntime
  console.log(
    `${family.steps} steps of a picture: ${(inRuntime / 1000).toFixed(2)} s in the runtime, ${own.toFixed(0)} ms outside`
  )
}

function tensor(dims: readonly number[], value: (at: number) => number) {
  const data = Float32Array.from({ length: dims.reduce((product, dim) => product * dim, 1) }, (_, at) => value(at))
  return { data, dims }
}
