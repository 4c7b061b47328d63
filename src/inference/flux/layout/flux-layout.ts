import { stat } from 'node:fs/promises'
import { StudioError } from '../../../domain/errors.ts'
import type { FluxFamily } from '../sampling/family.ts'
import { openFlux1Layout } from './flux1-layout.ts'
import type { GraphFile } from './graph-file.ts'
import { isFile } from './is-file.ts'
import { openKleinLayout } from './klein-layout.ts'

/** A FLUX model in a folder: its graphs and the files of its tokenizers. */
export interface FluxLayout {
  readonly family: FluxFamily
  readonly transformer: GraphFile
  readonly vaeEncoder: GraphFile
  readonly vaeDecoder: GraphFile
  /** Qwen3 of FLUX.2, or CLIP of FLUX.1. */
  readonly textEncoder: GraphFile
  /** T5 of FLUX.1; null for FLUX.2. */
  readonly textEncoder2: GraphFile | null
  /** Folders of their tokenizers. */
  readonly tokenizer: string
  readonly tokenizer2: string | null
}

/**
 * Which of the known layouts a folder holds, found from its files and from what its graphs take and give.
 *
 * @throws StudioError `model-missing`, `model-damaged`, `model-unsupported` with the reason
 */
export async function openFluxLayout(folder: string): Promise<FluxLayout> {
  const facts = await stat(folder).catch(() => null)
  if (!facts?.isDirectory()) {
    throw new StudioError('model-missing', `There is no folder "${folder}".`, {
      hint: 'Install the model: apex-studio models list'
    })
  }
  if (await isFile(folder, 'transformer.onnx')) return await openKleinLayout(folder)
  if (await isFile(folder, 'transformer', 'model.onnx')) return await openFlux1Layout(folder)
  const inOnnx = await isFile(folder, 'onnx', 'transformer.onnx')
  if (inOnnx) return await openKleinLayout(folder, 'onnx')
  throw new StudioError('model-unsupported', `"${folder}" holds no FLUX model in a layout the studio knows.`, {
    hint: 'It takes transformer.onnx (FLUX.2) or transformer/model.onnx (FLUX.1) with text encoders and autoencoder beside it; see docs/models.md.'
  })
}
