import { StudioError } from '../../../domain/errors.ts'
import type { FluxFamily } from './family.ts'
import { eulerStep, firstStep, flowSigmas, mixNoise } from './flow-match.ts'
import { type TokenGrid, tokenCount } from './token-grid.ts'

/** A picture as tokens. */
export interface TokenPicture {
  readonly tokens: Float32Array
  readonly grid: TokenGrid
}

export interface SampleOrder {
  readonly family: FluxFamily
  readonly grid: TokenGrid
  readonly steps: number
  /** Null where the family takes none. */
  readonly guidance: number | null
  readonly textTokens: number
  /** Gaussian, one value for each of the picture's tokens and channels; kept as it is. */
  readonly noise: Float32Array
  /** A picture to start from, of the same grid. `strength` 0..1: how much of it may change. */
  readonly start?: { readonly tokens: Float32Array; readonly strength: number } | undefined
  /** Pictures the transformer looks at, in their order. */
  readonly references: readonly TokenPicture[]
}

/** What the transformer is given in one step. The arrays are the sampler's own: `hidden` changes with the next step. */
export interface VelocityInput {
  /** S tokens, those of the picture first. */
  readonly hidden: Float32Array
  /** S */
  readonly tokens: number
  /** σ of the step, 0..1. */
  readonly timestep: number
  readonly guidance: number | null
  readonly pictureIds: Float32Array
  readonly textIds: Float32Array
}

/** The transformer: velocities of at least the picture's tokens. */
export type PredictVelocity = (input: VelocityInput) => Promise<Float32Array>

/** Told before the Euler step is taken. */
export interface SampleStep {
  /** From 0, of `total` that are taken. */
  readonly index: number
  readonly total: number
  readonly sigma: number
  /** σ that it leads to. */
  readonly nextSigma: number
  /** The picture's tokens and their velocities: tokens − σ·velocity is what it would become now. */
  readonly tokens: Float32Array
  readonly velocity: Float32Array
}

/**
 * Solves the flow from noise, or from a noisy picture, to a picture.
 *
 * @param onStep may throw to stop
 * @returns the picture's tokens
 * @throws StudioError `parameters-invalid` where the strength leaves no step, `engine-output-invalid` where velocities are no
 *   numbers; what `predict` and `onStep` throw
 */
export async function sample(
  order: SampleOrder,
  predict: PredictVelocity,
  onStep: (step: SampleStep) => void | Promise<void>
): Promise<Float32Array> {
  const { family, grid, steps, guidance, noise, start, references } = order
  const layout = family.tokens
  const count = tokenCount(grid) * layout.channels
  if (noise.length !== count)
    throw new StudioError('internal', `There are ${noise.length} values of noise, not ${count}.`)
  const sigmas = flowSigmas(steps, family.mu(tokenCount(grid), steps))
  const first = start ? firstStep(steps, start.strength) : 0
  if (first >= steps) {
    throw new StudioError(
      'parameters-invalid',
      `With ${steps} steps a strength of ${start?.strength} changes nothing.`,
      {
        hint: 'Raise the strength, or take more steps.'
      }
    )
  }
  // References stay where they are, behind the picture: nothing is copied between steps.
  const hidden = joined(noise, references)
  const pictureIds = joinedIds(order)
  const textIds = layout.textIds(order.textTokens)
  const picture = hidden.subarray(0, count)
  if (start) mixNoise(picture, start.tokens, sigmas[first] ?? 1)
  for (let step = first; step < steps; step++) {
    const sigma = sigmas[step] ?? 0
    const tokens = hidden.length / layout.channels
    const velocity = await predict({ hidden, tokens, timestep: sigma, guidance, pictureIds, textIds })
    if (velocity.length < count) {
      throw new StudioError('model-unsupported', 'The transformer answers with fewer tokens than the picture has.')
    }
    const nextSigma = sigmas[step + 1] ?? 0
    await onStep({ index: step - first, total: steps - first, sigma, nextSigma, tokens: picture, velocity })
    const sum = eulerStep(picture, velocity, Math.fround(nextSigma - sigma), count)
    // One number that is none spoils all that follow: it is found where it arises, not in a black picture.
    if (!Number.isFinite(sum)) throw noNumbers(step - first + 1, steps - first)
  }
  return picture
}

function joined(noise: Float32Array, references: readonly TokenPicture[]): Float32Array {
  const length = references.reduce((sum, { tokens }) => sum + tokens.length, noise.length)
  const hidden = new Float32Array(length)
  hidden.set(noise)
  let at = noise.length
  for (const { tokens } of references) {
    hidden.set(tokens, at)
    at += tokens.length
  }
  return hidden
}

function joinedIds({ family, grid, references }: SampleOrder): Float32Array {
  const layout = family.tokens
  const parts = [grid, ...references.map((reference) => reference.grid)].map(layout.pictureIds)
  const ids = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    ids.set(part, at)
    at += part.length
  }
  return ids
}

function noNumbers(step: number, total: number): StudioError {
  return new StudioError(
    'engine-output-invalid',
    `The model lost count in step ${step} of ${total}: it gave no numbers.`,
    {
      hint: 'It is tried again. If it happens each time, use an export of the model with 32-bit floats.'
    }
  )
}
