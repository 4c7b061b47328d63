import { z } from 'zod'

/** How a family of models takes pictures. */
export interface ModelFamily {
  /** Whether a prompt may hold several; otherwise they are laid side by side in one. */
  readonly severalPictures: boolean
  /** Pixels of the longer edge; more would only be scaled down again, or take tokens without end. */
  readonly longEdge: number
  /** What stands for a picture in a rendered prompt. */
  readonly pictureMark: string
}

/**
 * By `model_type`. SmolVLM scales to 2048 and cuts into tiles (its preprocessor_config.json); transformers.js takes two
 * pictures of Qwen2-VL for the frames of a film, and one of 1024 pixels is 1369 tokens of 28 × 28.
 */
export const MODEL_FAMILIES: ReadonlyMap<string, ModelFamily> = new Map([
  ['idefics3', { severalPictures: true, longEdge: 2048, pictureMark: '<image>' }],
  ['smolvlm', { severalPictures: true, longEdge: 2048, pictureMark: '<image>' }],
  ['qwen2_vl', { severalPictures: false, longEdge: 1024, pictureMark: '<|image_pad|>' }]
])

/** In words, for who has another one. */
export const RUNNABLE_MODELS =
  'SmolVLM-256M-Instruct, SmolVLM2-500M-Video-Instruct, SmolVLM-Instruct or Qwen2-VL-2B-Instruct'

const lengthSchema = z.object({ max_position_embeddings: z.int().positive().optional() })

/** What is read of a model's `config.json`. */
export const modelConfigSchema = lengthSchema.extend({ model_type: z.string(), text_config: lengthSchema.optional() })
