import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FluxFamilyId } from '../../../src/domain/flux-family.ts'
import {
  clipTextEncoder,
  flux1VaeDecoder,
  flux1VaeEncoder,
  kleinTextEncoder,
  kleinVaeDecoder,
  kleinVaeEncoder,
  type TinyOptions,
  type TransformerShape,
  t5TextEncoder,
  tinyTransformer
} from './tiny-graphs.ts'
import { clipVocabulary, qwenTokenizer, t5Tokenizer } from './tiny-tokenizers.ts'

/**
 * Writes a FLUX model of a few hundred kilobytes into a folder, in the layout and with the inputs and outputs of the
 * real one. Its pictures follow from references, words and noise in a simple, known way; see `tiny-graphs.ts`.
 */
export async function writeTinyFlux(folder: string, family: FluxFamilyId, options: TinyOptions): Promise<void> {
  const files = family === 'flux2-klein' ? kleinFiles(options) : flux1Files(family, options)
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content instanceof Uint8Array ? content : JSON.stringify(content))
  }
}

type Files = Record<string, unknown>

const KLEIN: TransformerShape = {
  channels: 128,
  textWidth: 7680,
  axes: 4,
  isBatched: true,
  takesPooled: false,
  takesGuidance: false,
  output: 'noise_pred'
}

function kleinFiles(options: TinyOptions): Files {
  return {
    'text_encoder.onnx': kleinTextEncoder(options),
    'transformer.onnx': tinyTransformer(KLEIN, options),
    'vae_encoder.onnx': kleinVaeEncoder(options),
    'vae_decoder.onnx': kleinVaeDecoder(options),
    'tokenizer/tokenizer.json': qwenTokenizer(),
    'tokenizer/tokenizer_config.json': {}
  }
}

function flux1Files(family: FluxFamilyId, options: TinyOptions): Files {
  const shape: TransformerShape = {
    channels: 64,
    textWidth: 4096,
    axes: 3,
    isBatched: false,
    takesPooled: true,
    takesGuidance: family !== 'flux1-schnell',
    output: 'out_hidden_states'
  }
  return {
    'model_index.json': { _class_name: family === 'flux1-kontext' ? 'FluxKontextPipeline' : 'FluxPipeline' },
    'text_encoder/model.onnx': clipTextEncoder(options),
    'text_encoder_2/model.onnx': t5TextEncoder(options),
    'transformer/model.onnx': tinyTransformer(shape, options),
    'vae_encoder/model.onnx': flux1VaeEncoder(options),
    'vae_decoder/model.onnx': flux1VaeDecoder(options),
    'tokenizer/vocab.json': clipVocabulary(),
    'tokenizer/merges.txt': new TextEncoder().encode('#version: 0.2\n'),
    'tokenizer_2/tokenizer.json': t5Tokenizer(),
    'tokenizer_2/tokenizer_config.json': {}
  }
}
