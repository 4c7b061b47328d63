import { createHash } from 'node:crypto'
import type { CatalogueModel } from '../../../domain/models/catalogue-model.ts'
import { REPOSITORY } from './test-hub.fixture.ts'

/** Bytes that are different at every place and the same each time. */
export function noise(seed: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`${seed} ${index}`).digest()
  )
  return Buffer.concat(blocks).subarray(0, length)
}

/** In the layout of a vision-language model: small files by Git, large ones by LFS, folders, one file without content. */
export function tinyFiles(largeBytes: number): Record<string, Buffer> {
  return {
    'config.json': Buffer.from('{"model_type": "tiny"}'),
    'tokenizer.json': noise('tokenizer', 900),
    'onnx/embed_tokens.onnx': noise('embed', Math.ceil(largeBytes / 8)),
    'onnx/vision_encoder.onnx': noise('vision', Math.ceil(largeBytes / 3)),
    'onnx/decoder_model_merged.onnx': noise('decoder', 2000),
    'onnx/decoder_model_merged.onnx_data': noise('weights', largeBytes),
    'chat_template.jinja': Buffer.alloc(0),
    'README.md': Buffer.from('not part of it'),
    'model.safetensors': noise('other weights', 5000)
  }
}

export const TINY_PATHS = Object.keys(tinyFiles(1)).filter((path) => !/README|safetensors/.test(path))

export const TINY_MODEL: CatalogueModel = {
  id: 'tiny-model',
  name: 'Tiny model',
  role: 'vlm',
  preferred: false,
  abilities: ['judging'],
  about: { en: 'For tests.', de: 'Für Tests.' },
  repository: REPOSITORY,
  revision: 'main',
  files: ['config.json', 'tokenizer.json', 'onnx/*.onnx'],
  optionalFiles: ['chat_template.jinja', 'onnx/*.onnx_data'],
  bytes: 1_000_000,
  licence: {
    id: 'Apache-2.0',
    name: 'Apache License 2.0',
    url: 'https://www.apache.org/licenses/LICENSE-2.0',
    commercial: true
  },
  gated: false,
  memory: { least: 1_000_000, whole: 1_000_000 }
}
