import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decoder, embedTokens } from './sessions.ts'
import { SMOLVLM_LAYOUT } from './smolvlm-layout.ts'
import { CONTEXT_LENGTH, type TinyLayout } from './tiny-layout.ts'
import type { TinyVlm } from './tiny-vlm.ts'
import { vocabularyOf } from './vocabulary.ts'
import { weightsOf } from './weights.ts'

/**
 * Writes a complete model folder in the layout of a family, SmolVLM where none is named: the files, sessions, inputs and
 * outputs that the real one has, of some megabytes, and weights that were thought out instead of learned.
 */
export async function buildTinyVlm(folder: string, model: TinyVlm, layout: TinyLayout = SMOLVLM_LAYOUT): Promise<void> {
  const { marks, chatTemplate, positionAxes } = layout
  const vocabulary = vocabularyOf(model, marks)
  const weights = weightsOf(model, vocabulary)
  const { id, size } = vocabulary
  const special = { bos_token_id: id(marks.turn), eos_token_id: id(marks.end), pad_token_id: id(marks.end) }
  const { 'config.json': config, ...processor } = layout.configs(vocabulary, weights.hidden)
  const json: Record<string, object> = {
    'config.json': { ...config, ...special },
    ...processor,
    'generation_config.json': special,
    'tokenizer.json': vocabulary.tokenizer,
    'tokenizer_config.json': {
      tokenizer_class: 'GPT2Tokenizer',
      bos_token: marks.turn,
      eos_token: marks.end,
      pad_token: marks.end,
      clean_up_tokenization_spaces: false,
      model_max_length: CONTEXT_LENGTH,
      chat_template: chatTemplate
    }
  }
  const sessions: Record<string, Uint8Array> = {
    vision_encoder: layout.visionEncoder(weights),
    embed_tokens: embedTokens(size, weights),
    decoder_model_merged: decoder(size, weights, positionAxes)
  }
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await Promise.all([
    ...Object.entries(json).map(([name, content]) => writeFile(join(folder, name), JSON.stringify(content))),
    ...Object.entries(sessions).map(([name, bytes]) => writeFile(join(folder, 'onnx', `${name}.onnx`), bytes))
  ])
}
