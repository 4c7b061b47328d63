import type { FluxFamily } from '../sampling/family.ts'
import type { PredictVelocity } from '../sampling/sampler.ts'
import type { EncodedPrompt } from './encode-prompt.ts'
import type { Fed, GraphSession, Held } from './graph-session.ts'

/** The transformer as the sampler calls it, for one picture. What stays the same from step to step is converted once. */
export function velocityOf(session: GraphSession, family: FluxFamily, prompt: EncodedPrompt): PredictVelocity {
  const { channels, idAxes, idsAreBatched } = family.tokens
  const ids = (data: Float32Array) => ({ data, dims: [...(idsAreBatched ? [1] : []), data.length / idAxes, idAxes] })
  let constant: Readonly<Record<string, Fed | Held>> | undefined
  return async ({ hidden, tokens, timestep, guidance, pictureIds, textIds }) => {
    constant ??= {
      encoder_hidden_states: session.hold('encoder_hidden_states', prompt.words),
      ...(prompt.pooled && { pooled_projections: session.hold('pooled_projections', prompt.pooled) }),
      img_ids: session.hold('img_ids', ids(pictureIds)),
      txt_ids: session.hold('txt_ids', ids(textIds)),
      ...(guidance !== null && { guidance: session.hold('guidance', { data: [guidance], dims: [1] }) })
    }
    const { data } = await session.run({
      ...constant,
      hidden_states: { data: hidden, dims: [1, tokens, channels] },
      timestep: { data: [timestep], dims: [1] }
    })
    return data
  }
}
