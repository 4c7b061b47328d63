import { StudioError } from '../../domain/errors.ts'
import type { ModelInputs } from './prompt.ts'
import { type PreTrainedModel, Tensor } from './transformers.ts'

/** Of `length` tokens, `from` of which others stand between them and the beginning; nothing where the library counts. */
export type OwnPositions = (from: number, length: number) => { readonly position_ids?: Tensor }

/**
 * The positions of text that follows a beginning with pictures, for models that count them in three dimensions; others
 * count tokens, which the library does by itself. A picture takes fewer positions than it has tokens.
 * Source: multimodal rotary position embedding, Qwen2-VL, https://arxiv.org/abs/2409.12191, section 2.1
 */
export function ownPositions(model: PreTrainedModel, beginning: ModelInputs): OwnPositions {
  const rope: unknown = Reflect.get(model, 'get_rope_index')
  if (typeof rope !== 'function') return () => ({})
  const { input_ids, attention_mask, image_grid_thw } = beginning
  const [positions]: unknown[] = Reflect.apply(rope, model, [input_ids, image_grid_thw, undefined, attention_mask])
  if (!(positions instanceof Tensor)) throw new StudioError('model-unsupported', 'The model counts no positions.')
  const next = Array.from(positions.data, Number).reduce((most, at) => Math.max(most, at), -1) + 1
  return (from, length) => {
    const data = Array.from({ length: 3 * length }, (_, at) => BigInt(next + from + (at % length)))
    return { position_ids: new Tensor('int64', BigInt64Array.from(data), [3, 1, length]) }
  }
}
