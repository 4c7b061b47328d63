import { expect, it } from 'vitest'
import { FLUX_FAMILIES } from '../sampling/family.ts'
import { gaussianNoise } from '../sampling/gaussian-noise.ts'
import { sample } from '../sampling/sampler.ts'
import { FormingPreview } from './forming-preview.ts'

const COUNT = 21
const CHANNELS = 64

it('shows at each step what the projection makes of the picture the tokens would become', async () => {
  const projection = gaussianNoise(4, 3 * (CHANNELS + 1)).map((value) => value / 30)
  const forming = new FormingPreview(projection)
  const order = {
    family: FLUX_FAMILIES['flux1-dev'],
    grid: { columns: 7, rows: 3 },
    steps: 6,
    guidance: 3.5,
    textTokens: 2,
    noise: gaussianNoise(5, COUNT * CHANNELS),
    references: []
  }
  let steps = 0
  // Longer than the picture, as of a model that looks at references.
  const predict = async () => gaussianNoise(6 + steps, 2 * COUNT * CHANNELS)
  await sample(order, predict, (step) => {
    steps++
    const pixels = forming.step(step)
    expect(pixels).toHaveLength(3 * COUNT)
    for (const [at, shown] of pixels.entries()) {
      const [token, colour] = [Math.floor(at / 3), at % 3]
      const row = projection.subarray(colour * (CHANNELS + 1), (colour + 1) * (CHANNELS + 1))
      let value = row[CHANNELS] ?? 0
      for (let c = 0; c < CHANNELS; c++) {
        const i = token * CHANNELS + c
        value += (row[c] ?? 0) * ((step.tokens[i] ?? 0) - step.sigma * (step.velocity[i] ?? 0))
      }
      expect(Math.abs(shown - Math.min(255, Math.max(0, value * 127.5 + 127.5)))).toBeLessThanOrEqual(0.51)
    }
  })
  expect(steps).toBe(6)
})
