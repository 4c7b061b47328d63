import { describe, expect, it } from 'vitest'
import { megapixelSize } from '../../../domain/flux-size.ts'
import type { Size } from '../../../domain/geometry.ts'
import { analyticField, noiseTokens, photoTokens, unpatchified } from './analytic-field.fixture.ts'
import { FLUX_FAMILIES, type FluxFamily } from './family.ts'
import { flowSigmas } from './flow-match.ts'
import { type GoldenCase, type GoldenDigest, goldenCases } from './golden-cases.fixture.ts'
import { kleinReferenceFit, kontextReferenceFit } from './picture-size.ts'
import { sample, type TokenPicture } from './sampler.ts'
import { gridOf, tokenCount } from './token-grid.ts'

const KONTEXT = 'FluxKontextPipeline'

function familyOf({ variant, pipeline }: GoldenCase): FluxFamily {
  if (pipeline === KONTEXT) return FLUX_FAMILIES['flux1-kontext']
  const ids = { klein: 'flux2-klein', dev: 'flux1-dev', schnell: 'flux1-schnell' } as const
  return FLUX_FAMILIES[ids[variant]]
}

/** The photos as the engine shows them to the family: as they are to start from, fitted to look at. */
function picturesOf(golden: GoldenCase, family: FluxFamily): TokenPicture[] {
  const photos = golden.photos ?? (golden.photo ? [golden.photo] : [])
  const fits = { 'flux2-klein': kleinReferenceFit, 'flux1-kontext': kontextReferenceFit }
  const asItIs = (size: Size) => ({ scaled: size, size })
  const fitOf = family.id === 'flux2-klein' || family.id === 'flux1-kontext' ? fits[family.id] : asItIs
  return photos.map((photo) => {
    const fit = fitOf(photo)
    return { grid: gridOf(fit.size), tokens: photoTokens(family, photo, fit) }
  })
}

function expectDigest(values: Float32Array, { shape, mean, std, abs_sum, first, samples }: GoldenDigest): void {
  expect(values).toHaveLength(shape.reduce((product, dim) => product * dim, 1))
  const all = Float64Array.from(values)
  const average = all.reduce((sum, value) => sum + value, 0) / all.length
  expect(average).toBeCloseTo(mean, 5)
  expect(Math.sqrt(all.reduce((sum, value) => sum + (value - average) ** 2, 0) / all.length)).toBeCloseTo(std, 5)
  expect(all.reduce((sum, value) => sum + Math.abs(value), 0) / abs_sum).toBeCloseTo(1, 5)
  for (const [at, value] of [...first.entries(), ...samples])
    expect(Math.abs((all[at] ?? 0) - value)).toBeLessThan(1e-4)
}

describe('the samplers', () => {
  it.each(goldenCases())('%s', async (_, golden) => {
    const family = familyOf(golden)
    const { steps, text_tokens: textTokens, strength } = golden
    const size = golden.pipeline === KONTEXT ? megapixelSize(golden.width / golden.height) : golden
    const grid = gridOf(size)
    const pictures = picturesOf(golden, family)
    const [first] = pictures
    const start = typeof strength === 'number' && first ? { tokens: first.tokens, strength } : undefined
    const { predict, calls } = analyticField(family, textTokens)
    const sigmas = flowSigmas(steps, family.mu(tokenCount(grid), steps))
    expect(sigmas).toHaveLength(golden.sigmas.length)
    for (const [step, sigma] of golden.sigmas.entries())
      expect(Math.abs((sigmas[step] ?? 0) - sigma)).toBeLessThan(1e-6)

    const tokens = await sample(
      {
        family,
        grid,
        steps,
        guidance: family.guidance === null ? null : (golden.guidance ?? family.guidance),
        textTokens,
        noise: noiseTokens(family, size),
        start,
        references: start ? [] : pictures
      },
      predict,
      () => undefined
    )
    expect(calls).toHaveLength(golden.calls.length)
    golden.calls.forEach(({ timestep, ...rest }, step) => {
      const { timestep: fed, ...seen } = calls[step] ?? { timestep: Number.NaN }
      expect(Math.abs(fed - timestep)).toBeLessThan(1e-6)
      expect(seen).toEqual(rest)
    })
    if (golden.packed_latents) expectDigest(tokens, golden.packed_latents)
    const latents = family.tokens.unpack(tokens, grid)
    expectDigest(family.id === 'flux2-klein' ? unpatchified(latents, grid) : latents, golden.vae_decoder_input)
  })
})
