import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const sizeSchema = z.tuple([z.number(), z.number()]).transform(([width, height]) => ({ width, height }))
const digestSchema = z.object({
  shape: z.array(z.number()),
  mean: z.number(),
  std: z.number(),
  abs_sum: z.number(),
  first: z.array(z.number()),
  samples: z.array(z.tuple([z.number(), z.number()]))
})
export type GoldenDigest = z.infer<typeof digestSchema>

const callSchema = z.object({
  timestep: z.number(),
  seq: z.number(),
  guidance: z.number().nullable(),
  txt_seq: z.number(),
  img_ids_last: z.array(z.number()),
  txt_ids_last: z.array(z.number())
})
const caseSchema = z.object({
  variant: z.enum(['schnell', 'dev', 'klein']),
  pipeline: z.string(),
  width: z.number(),
  height: z.number(),
  steps: z.number(),
  guidance: z.number().nullish(),
  strength: z.number().nullish(),
  text_tokens: z.number(),
  photo: sizeSchema.nullish(),
  photos: z.array(sizeSchema).nullish(),
  sigmas: z.array(z.number()),
  calls: z.array(callSchema),
  packed_latents: digestSchema.nullish(),
  vae_decoder_input: digestSchema
})
/** What a pipeline was asked for, and what it made of it with the field of `analytic-field.fixture.ts`. */
export type GoldenCase = z.infer<typeof caseSchema>

/** Where files of such cases may lie: here, and beside the repository. */
const FOLDERS = [new URL('fixtures/', import.meta.url), new URL('../../../../../shared/golden/', import.meta.url)]
const NAMES = /^(?:golden|more-golden|flux-sampler.*)\.json$/

/**
 * Every case of every file there is: `golden.json`, which huggingface/diffusers 58eb52c made, `more-golden.json` by
 * `scripts/models/flux-golden/record.py`, those that lie beside the repository, and those that the environment names in
 * APEX_FLUX_GOLDEN, with commas between them.
 */
export function goldenCases(): (readonly [title: string, GoldenCase])[] {
  const lying = FOLDERS.map((url) => fileURLToPath(url)).flatMap((folder) => {
    const names = existsSync(folder) ? readdirSync(folder) : []
    return names.filter((name) => NAMES.test(name)).map((name) => `${folder}${name}`)
  })
  const named = (process.env.APEX_FLUX_GOLDEN ?? '').split(',').filter((path) => path !== '')
  return [...lying, ...named].flatMap((path) => {
    const { cases } = z.object({ cases: z.array(caseSchema) }).parse(JSON.parse(readFileSync(path, 'utf8')))
    return cases.map((golden, at) => [`${basename(path)} ${at + 1}: ${titleOf(golden)}`, golden] as const)
  })
}

function titleOf({ variant, pipeline, width, height, steps, strength, photos, photo }: GoldenCase): string {
  const count = photos?.length ?? (photo ? 1 : 0)
  const changed = strength === null || strength === undefined ? '' : `, strength ${strength}`
  return `${pipeline} ${variant} ${width} × ${height}, ${steps} steps, ${count} photos${changed}`
}
