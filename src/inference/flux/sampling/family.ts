import type { FluxFamilyId } from '../../../domain/flux-family.ts'
import { FLUX1_TOKENS } from './flux1-tokens.ts'
import { FLUX2_TOKENS } from './flux2-tokens.ts'
import type { TokenLayout } from './token-layout.ts'

/** What differs between the FLUX models, beside their weights. */
export interface FluxFamily {
  readonly id: FluxFamilyId
  readonly label: string
  readonly tokens: TokenLayout
  /** Steps it was made for. */
  readonly steps: number
  /** Told to the transformer as it is; null where it takes none. */
  readonly guidance: number | null
  /** Words the text encoder is given, padding included. */
  readonly textTokens: number
  /** Reference photos it looks at; 0 where it only starts from one (img2img). */
  readonly mostReferences: number
  /** Shift of the schedule; null for none. `tokens`: of the picture that is made alone. */
  mu(tokens: number, steps: number): number | null
}

/** `calculate_shift` of diffusers' FluxPipeline: from 0.5 at 256 tokens to 1.15 at 4096. */
function flux1Mu(tokens: number): number {
  const slope = (1.15 - 0.5) / (4096 - 256)
  return tokens * slope + (0.5 - slope * 256)
}

/** `compute_empirical_mu` of diffusers' Flux2KleinPipeline: lines fitted for 10 and for 200 steps, and between them. */
function flux2Mu(tokens: number, steps: number): number {
  const at200 = 0.00016927 * tokens + 0.45666666
  if (tokens > 4300) return at200
  const at10 = 8.73809524e-5 * tokens + 1.89833333
  const slope = (at200 - at10) / 190
  return slope * steps + at200 - 200 * slope
}

const FLUX1 = { tokens: FLUX1_TOKENS, textTokens: 512, mu: flux1Mu } as const

/** Steps and guidance: the models' own cards on huggingface.co/black-forest-labs. */
export const FLUX_FAMILIES: Readonly<Record<FluxFamilyId, FluxFamily>> = {
  'flux2-klein': {
    id: 'flux2-klein',
    label: 'FLUX.2 klein',
    tokens: FLUX2_TOKENS,
    steps: 4,
    guidance: null,
    textTokens: 512,
    mostReferences: 4,
    mu: flux2Mu
  },
  'flux1-schnell': {
    ...FLUX1,
    id: 'flux1-schnell',
    label: 'FLUX.1 schnell',
    steps: 4,
    guidance: null,
    textTokens: 256,
    mostReferences: 0,
    mu: () => null
  },
  'flux1-dev': { ...FLUX1, id: 'flux1-dev', label: 'FLUX.1 dev', steps: 28, guidance: 3.5, mostReferences: 0 },
  'flux1-kontext': {
    ...FLUX1,
    id: 'flux1-kontext',
    label: 'FLUX.1 Kontext',
    steps: 28,
    guidance: 2.5,
    mostReferences: 1
  }
}
