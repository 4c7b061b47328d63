import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { analyticField, noiseTokens, photoTokens, unpatchified } from './analytic-field.fixture.ts'
import { FLUX_FAMILIES, type FluxFamily } from './family.ts'
import { flowSigmas } from './flow-match.ts'
import { sample } from './sampler.ts'
import { gridOf, tokenCount } from './token-grid.ts'

const size = z.tuple([z.number(), z.number()])
const digest = z.object({
  shape: z.array(z.number()),
  mean: z.number(),
  std: z.number(),
  abs_sum: z.number(),
  first: z.array(z.number()),
  samples: z.array(z.tuple([z.number(), z.number()]))
})
type Digest = z.infer<typeof digest>
const call = z.object({
  timestep: z.number(),
  seq: z.number(),
  guidance: z.number().nullable(),
  txt_seq: z.number(),
  img_ids_last: z.array(z.number()),
  txt_ids_last: z.array(z.number())
})
const goldenSchema = z.object({
  source: z.string(),
  cases: z.array(
    z.object({
      variant: z.enum(['schnell', 'dev', 'klein']),
      pipeline: z.string(),
      width: z.number(),
      height: z.number(),
      steps: z.number(),
      guidance: z.number().optional(),
      strength: z.number().optional(),
      text_tokens: z.number(),
      photo: size.optional(),
      photos: z.array(size).optional(),
      sigmas: z.array(z.number()),
      calls: z.array(call),
      packed_latents: digest.optional(),
      vae_decoder_input: digest
    })
  )
})
type Case = z.infer<typeof goldenSchema>['cases'][number]

/** Made by huggingface/diffusers 58eb52c from the field of `analytic-field.fixture.ts`. */
const golden = goldenSchema.parse(JSON.parse(readFileSync(new URL('fixtures/golden.json', import.meta.url), 'utf8')))

function familyOf({ variant, pipeline }: Case): FluxFamily {
  if (pipeline === 'FluxKontextPipeline') return FLUX_FAMILIES['flux1-kontext']
  const ids = { klein: 'flux2-klein', dev: 'flux1-dev', schnell: 'flux1-schnell' } as const
  return FLUX_FAMILIES[ids[variant]]
}

function expectDigest(values: Float32Array, { shape, mean, std, abs_sum, first, samples }: Digest): void {
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
  it.each(golden.cases)('$pipeline $variant $width × $height', async (each) => {
    const family = familyOf(each)
    const grid = gridOf(each)
    const photos = (each.photos ?? (each.photo ? [each.photo] : [])).map(([width, height]) => ({ width, height }))
    const pictures = photos.map((photo) => ({ grid: gridOf(photo), tokens: photoTokens(family, photo) }))
    const starts = each.strength !== undefined
    const { predict, calls } = analyticField(family, each.text_tokens)
    const sigmas = flowSigmas(each.steps, family.mu(tokenCount(grid), each.steps))
    expect(sigmas).toHaveLength(each.sigmas.length)
    for (const [step, sigma] of each.sigmas.entries()) expect(Math.abs((sigmas[step] ?? 0) - sigma)).toBeLessThan(1e-6)

    const tokens = await sample(
      {
        family,
        grid,
        steps: each.steps,
        guidance: family.guidance === null ? null : (each.guidance ?? null),
        textTokens: each.text_tokens,
        noise: noiseTokens(family, each),
        start: starts ? { tokens: pictures[0]?.tokens ?? new Float32Array(), strength: each.strength ?? 1 } : undefined,
        references: starts ? [] : pictures
      },
      predict,
      () => undefined
    )
    expect(calls).toHaveLength(each.calls.length)
    each.calls.forEach(({ timestep, ...rest }, step) => {
      const { timestep: fed, ...seen } = calls[step] ?? { timestep: Number.NaN }
      expect(Math.abs(fed - timestep)).toBeLessThan(1e-6)
      expect(seen).toEqual(rest)
    })
    if (each.packed_latents) expectDigest(tokens, each.packed_latents)
    const latents = family.tokens.unpack(tokens, grid)
    expectDigest(family.id === 'flux2-klein' ? unpatchified(latents, each) : latents, each.vae_decoder_input)
  })
})
