/**
 * The size of a FLUX.2 transformer. `KLEIN` is FLUX.2-klein-4B's, from the `config.json` of its transformer
 * (https://huggingface.co/black-forest-labs/FLUX.2-klein-4B); the structure is diffusers' `Flux2Transformer2DModel`.
 */
export interface TransformerSize {
  /** Blocks with weights of their own for picture and text. */
  readonly doubleBlocks: number
  /** Blocks over both together. */
  readonly singleBlocks: number
  readonly heads: number
  readonly headDim: number
  /** Hidden width of the feed-forward part, in widths of the model. */
  readonly mlpRatio: number
  /** Width of the text encoder's output. */
  readonly textWidth: number
  readonly textTokens: number
  /** Channels of one packed latent. */
  readonly channels: number
}

export const KLEIN: TransformerSize = {
  doubleBlocks: 5,
  singleBlocks: 20,
  heads: 24,
  headDim: 128,
  mlpRatio: 3,
  textWidth: 7680,
  textTokens: 512,
  channels: 128
}

/** Small enough to be run anywhere: it proves that both runtimes compute the same network. */
export const TINY: TransformerSize = {
  doubleBlocks: 1,
  singleBlocks: 2,
  heads: 2,
  headDim: 128,
  mlpRatio: 3,
  textWidth: 96,
  textTokens: 16,
  channels: 128
}

/** Floating-point operations of one step: two for each weight and token, and those of attention. */
export function operationsPerStep(size: TransformerSize, pictureTokens: number): number {
  const width = size.heads * size.headDim
  const mlp = size.mlpRatio * width
  const tokens = pictureTokens + size.textTokens
  const block = 4 * width * width + 3 * width * mlp
  const blocks = size.doubleBlocks + size.singleBlocks
  return 2 * tokens * block * blocks + 4 * tokens * tokens * width * blocks
}
