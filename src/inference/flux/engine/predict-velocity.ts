import { StudioError } from '../../../domain/errors.ts'
import type { FluxFamily } from '../sampling/family.ts'
import type { PredictVelocity, SampleStep } from '../sampling/sampler.ts'
import type { EncodedPrompt } from './encode-prompt.ts'
import type { GraphSession } from './graph-session.ts'

/** The transformer as the sampler calls it. */
export function velocityOf(session: GraphSession, family: FluxFamily, prompt: EncodedPrompt): PredictVelocity {
  const { channels, idAxes, idsAreBatched } = family.tokens
  const ids = (data: Float32Array) => ({ data, dims: [...(idsAreBatched ? [1] : []), data.length / idAxes, idAxes] })
  return async ({ hidden, tokens, timestep, guidance, pictureIds, textIds }) => {
    const { data } = await session.run({
      hidden_states: { data: hidden, dims: [1, tokens, channels] },
      encoder_hidden_states: prompt.words,
      ...(prompt.pooled && { pooled_projections: prompt.pooled }),
      timestep: { data: [timestep], dims: [1] },
      img_ids: ids(pictureIds),
      txt_ids: ids(textIds),
      ...(guidance !== null && { guidance: { data: [guidance], dims: [1] } })
    })
    return data
  }
}

/** One number that is none spoils all that follow: it is found where it arises, not in a black picture. */
export function requireNumbers({ tokens, velocity, index, total }: SampleStep): void {
  let sum = 0
  for (let at = 0; at < tokens.length; at++) sum += velocity[at] ?? 0
  if (Number.isFinite(sum)) return
  throw new StudioError(
    'engine-output-invalid',
    `The model lost count in step ${index + 1} of ${total}: it gave no numbers.`,
    {
      hint: 'It is tried again. If it happens each time, use an export of the model with 32-bit floats.'
    }
  )
}
