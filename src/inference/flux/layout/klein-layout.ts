import { join } from 'node:path'
import { FLUX_FAMILIES } from '../sampling/family.ts'
import type { FluxLayout } from './flux-layout.ts'
import { openGraphFile } from './graph-file.ts'
import { tokenizerFolder } from './tokenizer-folder.ts'

const TEXT_WIDTH = 7680

/**
 * FLUX.2 klein as hlhc/FLUX.2-klein-4B-onnx lays it out: four graphs side by side, packing and batch norm in those of
 * the autoencoder.
 */
export async function openKleinLayout(folder: string, inside = '.'): Promise<FluxLayout> {
  const family = FLUX_FAMILIES['flux2-klein']
  const { channels, idAxes } = family.tokens
  const at = (name: string) => join(folder, inside, name)
  const transformer = await openGraphFile(at('transformer.onnx'), {
    inputs: {
      hidden_states: { kind: 'float', dims: ['one', null, channels] },
      encoder_hidden_states: { kind: 'float', dims: ['one', family.textTokens, TEXT_WIDTH] },
      timestep: { kind: 'float', dims: ['one'] },
      img_ids: { kind: 'float', dims: ['one', null, idAxes] },
      txt_ids: { kind: 'float', dims: ['one', family.textTokens, idAxes] }
    },
    output: { names: ['noise_pred'], dims: ['one', null, channels] }
  })
  const words = { kind: 'whole', dims: ['one', family.textTokens] } as const
  const textEncoder = await openGraphFile(at('text_encoder.onnx'), {
    inputs: { input_ids: words, attention_mask: words },
    output: { names: ['prompt_embeds'], dims: ['one', family.textTokens, TEXT_WIDTH] }
  })
  const vaeEncoder = await openGraphFile(at('vae_encoder.onnx'), {
    inputs: { image: { kind: 'float', dims: ['one', 3, null, null] } },
    output: { names: ['latents'], dims: ['one', channels, null, null] }
  })
  const vaeDecoder = await openGraphFile(at('vae_decoder.onnx'), {
    inputs: { latents: { kind: 'float', dims: ['one', channels, null, null] } },
    output: { names: ['image', 'sample'], dims: ['one', 3, null, null] }
  })
  const tokenizer = await tokenizerFolder(folder, ['tokenizer', '.', inside])
  return { family, transformer, vaeEncoder, vaeDecoder, textEncoder, textEncoder2: null, tokenizer, tokenizer2: null }
}
