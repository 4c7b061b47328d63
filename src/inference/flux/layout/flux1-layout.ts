import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { FluxFamilyId } from '../../../domain/flux-family.ts'
import { FLUX_FAMILIES } from '../sampling/family.ts'
import type { FluxLayout } from './flux-layout.ts'
import { openGraphFile } from './graph-file.ts'
import { tokenizerFolder } from './tokenizer-folder.ts'

const T5_WIDTH = 4096
const CLIP_WIDTH = 768
const LATENT_CHANNELS = 16

/** FLUX.1 as Optimum exports it: `<part>/model.onnx`, weights beside each, tokenizers in folders of their own. */
export async function openFlux1Layout(folder: string): Promise<FluxLayout> {
  const { channels, idAxes } = FLUX_FAMILIES['flux1-dev'].tokens
  const at = (part: string) => join(folder, part, 'model.onnx')
  const transformer = await openGraphFile(at('transformer'), {
    inputs: {
      hidden_states: { kind: 'float', dims: ['one', null, channels] },
      encoder_hidden_states: { kind: 'float', dims: ['one', null, T5_WIDTH] },
      pooled_projections: { kind: 'float', dims: ['one', CLIP_WIDTH] },
      timestep: { kind: 'float', dims: ['one'] },
      img_ids: { kind: 'float', dims: [null, idAxes] },
      txt_ids: { kind: 'float', dims: [null, idAxes] },
      guidance: { kind: 'float', dims: ['one'], isOptional: true }
    },
    output: { names: ['out_hidden_states', 'noise_pred', 'sample'], dims: ['one', null, channels] }
  })
  const words = { kind: 'whole', dims: ['one', null] } as const
  const textEncoder = await openGraphFile(at('text_encoder'), {
    inputs: { input_ids: words },
    output: { names: ['pooler_output', 'pooled_output'], dims: ['one', CLIP_WIDTH] }
  })
  const textEncoder2 = await openGraphFile(at('text_encoder_2'), {
    inputs: { input_ids: words },
    output: { names: ['last_hidden_state'], dims: ['one', null, T5_WIDTH] }
  })
  const vaeEncoder = await openGraphFile(at('vae_encoder'), {
    inputs: { sample: { kind: 'float', dims: ['one', 3, null, null] } },
    // Means alone, or means and log variances.
    output: {
      names: ['latent_parameters', 'latent_sample'],
      dims: ['one', 'any', null, null],
      channels: [LATENT_CHANNELS, 2 * LATENT_CHANNELS]
    }
  })
  const vaeDecoder = await openGraphFile(at('vae_decoder'), {
    inputs: { latent_sample: { kind: 'float', dims: ['one', LATENT_CHANNELS, null, null] } },
    output: { names: ['sample'], dims: ['one', 3, null, null] }
  })
  const family = FLUX_FAMILIES[await flux1Family(folder, 'guidance' in transformer.inputs)]
  return {
    family,
    transformer,
    vaeEncoder,
    vaeDecoder,
    textEncoder,
    textEncoder2,
    tokenizer: await tokenizerFolder(folder, ['tokenizer']),
    tokenizer2: await tokenizerFolder(folder, ['tokenizer_2'])
  }
}

const modelIndexSchema = z.object({ _class_name: z.string() })

/**
 * Schnell takes no guidance. Dev and Kontext have the same graphs: which it is stands in `model_index.json`, or else in
 * the folder's name.
 */
async function flux1Family(folder: string, takesGuidance: boolean): Promise<FluxFamilyId> {
  if (!takesGuidance) return 'flux1-schnell'
  const text = await readFile(join(folder, 'model_index.json'), 'utf8').catch(() => null)
  const named = text === null ? basename(folder) : pipelineOf(text)
  return /kontext/i.test(named) ? 'flux1-kontext' : 'flux1-dev'
}

function pipelineOf(text: string): string {
  try {
    return modelIndexSchema.parse(JSON.parse(text))._class_name
  } catch {
    return ''
  }
}
