import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decoder, embedTokens, visionEncoder } from './sessions.ts'
import type { TinyVlm } from './tiny-vlm.ts'
import { CHAT_TEMPLATE, TOKENS, vocabularyOf } from './vocabulary.ts'
import { weightsOf } from './weights.ts'

/** Tokens that stand for one tile, and its edge in pixels; SmolVLM has 64 and 512. */
const TOKENS_OF_TILE = 4
const TILE_EDGE = 64
/** Pictures are scaled to this long edge, then cut into tiles. */
const LONG_EDGE = 128
/** Twice SmolVLM's: letters are tokens here, and a ledger has many. */
const CONTEXT_LENGTH = 16_384

/**
 * Writes a complete model folder in the layout of SmolVLM (architecture Idefics3): the files, sessions, inputs and
 * outputs that the real one has, of some megabytes, and weights that were thought out instead of learned.
 */
export async function buildTinyVlm(folder: string, model: TinyVlm): Promise<void> {
  const vocabulary = vocabularyOf(model)
  const weights = weightsOf(model, vocabulary)
  const { id, size } = vocabulary
  const special = { bos_token_id: id(TOKENS.turn), eos_token_id: id(TOKENS.end), pad_token_id: id(TOKENS.end) }
  const json: Record<string, object> = {
    'config.json': {
      architectures: ['Idefics3ForConditionalGeneration'],
      model_type: 'idefics3',
      image_token_id: id(TOKENS.image),
      ...special,
      text_config: {
        model_type: 'llama',
        vocab_size: size,
        hidden_size: weights.hidden,
        head_dim: weights.hidden,
        num_attention_heads: 1,
        num_key_value_heads: 1,
        num_hidden_layers: 1,
        max_position_embeddings: CONTEXT_LENGTH
      },
      vision_config: { model_type: 'idefics3', image_size: TILE_EDGE, max_image_size: { longest_edge: TILE_EDGE } }
    },
    'generation_config.json': special,
    'preprocessor_config.json': {
      image_processor_type: 'Idefics3ImageProcessor',
      processor_class: 'Idefics3Processor',
      do_convert_rgb: true,
      do_image_splitting: true,
      do_normalize: true,
      do_pad: true,
      do_rescale: true,
      do_resize: true,
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
      max_image_size: { longest_edge: TILE_EDGE },
      resample: 1,
      rescale_factor: 1 / 255,
      size: { longest_edge: LONG_EDGE }
    },
    'processor_config.json': { image_seq_len: TOKENS_OF_TILE, processor_class: 'Idefics3Processor' },
    'tokenizer.json': vocabulary.tokenizer,
    'tokenizer_config.json': {
      tokenizer_class: 'GPT2Tokenizer',
      bos_token: TOKENS.turn,
      eos_token: TOKENS.end,
      pad_token: TOKENS.end,
      clean_up_tokenization_spaces: false,
      model_max_length: CONTEXT_LENGTH,
      chat_template: CHAT_TEMPLATE
    }
  }
  const sessions: Record<string, Uint8Array> = {
    vision_encoder: visionEncoder(TOKENS_OF_TILE, weights),
    embed_tokens: embedTokens(size, weights),
    decoder_model_merged: decoder(size, weights)
  }
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await Promise.all([
    ...Object.entries(json).map(([name, content]) => writeFile(join(folder, name), JSON.stringify(content))),
    ...Object.entries(sessions).map(([name, bytes]) => writeFile(join(folder, 'onnx', `${name}.onnx`), bytes))
  ])
}
