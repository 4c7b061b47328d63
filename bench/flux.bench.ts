/**
 * What the studio's own code adds to a FLUX model's: the time outside the runtime's `run`, from noise to RGB samples, of a
 * picture of 1024² with tiny models of the real shapes, previews of each step included, files not. Wanted: under 30 ms.
 * Run it with `npm run bench -- flux`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeTinyFlux } from '../scripts/models/tiny-flux/write-tiny-flux.ts'
import type { FluxFamilyId } from '../src/domain/flux-family.ts'
import { rgbSamples } from '../src/inference/flux/decode/rgb-samples.ts'
import { decodePicture } from '../src/inference/flux/engine/decode-picture.ts'
import { encodePrompt } from '../src/inference/flux/engine/encode-prompt.ts'
import { FormingPreview } from '../src/inference/flux/engine/forming-preview.ts'
import { OpenParts } from '../src/inference/flux/engine/open-parts.ts'
import { velocityOf } from '../src/inference/flux/engine/predict-velocity.ts'
import { pictureBuffer } from '../src/inference/flux/engine/write-pictures.ts'
import { openFluxLayout } from '../src/inference/flux/layout/flux-layout.ts'
import { gaussianNoise } from '../src/inference/flux/sampling/gaussian-noise.ts'
import { sample } from '../src/inference/flux/sampling/sampler.ts'
import { gridOf, tokenCount } from '../src/inference/flux/sampling/token-grid.ts'
import { median } from './window/statistics.ts'

const EDGE = 1024
const ROUNDS = 15
const WARM_UP = 5
const WANTED_MS = 30
/** Of what floats outside the graphs. */
const IO = ['float32', 'float16'] as const

const folder = await mkdtemp(join(tmpdir(), 'apex-flux-bench-'))
const cases: readonly (readonly [FluxFamilyId, number])[] = [
  ['flux2-klein', 4],
  ['flux1-schnell', 4],
  ['flux1-dev', 28]
]
console.log(`${EDGE} × ${EDGE}, ${ROUNDS} rounds, load ${loadavg()[0]?.toFixed(1)}`)
for (const [family, steps, io] of cases.flatMap(([id, count]) => IO.map((each) => [id, count, each] as const))) {
  const path = join(folder, `${family}-${io}`)
  await writeTinyFlux(path, family, { io })
  const parts = new OpenParts(await openFluxLayout(path))
  const { layout } = parts
  const prompt = await encodePrompt(parts, 'A portrait in a park.', true)
  const grid = gridOf({ width: EDGE, height: EDGE })
  const { channels } = layout.family.tokens
  const projection = new Float32Array(3 * (channels + 1)).fill(0.01)
  const order = { family: layout.family, grid, steps, guidance: layout.family.guidance, references: [] }
  const times: number[] = []
  const msInRuntime = async () =>
    (await parts.with('transformer', true, async (session) => session.msInRuntime)) +
    (await parts.with('vaeDecoder', true, async (session) => session.msInRuntime))
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const forming = new FormingPreview(projection)
    const before = await msInRuntime()
    const began = performance.now()
    const noise = gaussianNoise(round + WARM_UP, tokenCount(grid) * channels)
    const tokens = await parts.with('transformer', true, (session) =>
      sample(
        { ...order, noise, textTokens: prompt.words.dims[1] ?? 0 },
        velocityOf(session, layout.family, prompt),
        (step) => {
          forming.step(step)
        }
      )
    )
    const { planes, size } = await decodePicture(parts, tokens, grid, {
      inTiles: false,
      keepsAll: true,
      onTile: () => {}
    })
    rgbSamples(planes, size, pictureBuffer(size).samples)
    const took = performance.now() - began
    if (round >= 0) times.push(took - (await msInRuntime()) + before)
  }
  await parts.release()
  const typical = median(times)
  const verdict = steps > 4 ? '' : typical < WANTED_MS ? ' (wanted: under 30)' : ' MISSED: wanted under 30'
  const least = Math.min(...times).toFixed(1)
  console.log(
    `${family} in ${io}, ${steps} steps: ${typical.toFixed(1)} ms outside the runtime, least ${least}${verdict}`
  )
}
await rm(folder, { recursive: true })
