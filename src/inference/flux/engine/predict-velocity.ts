import type { FluxFamily } from '../sampling/family.ts'
import type { PredictVelocity } from '../sampling/sampler.ts'
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
