import { StudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'

/** Bytes of a model's weights, as they lie on the drive. */
export interface ModelParts {
  readonly text: number
  readonly transformer: number
  /** Both halves of the autoencoder. */
  readonly vae: number
}

export interface MemoryPlan {
  /** Whether every part stays in memory from one picture to the next, or each is loaded in turn. */
  readonly keepsAll: boolean
  /** Whether the picture is decoded in tiles. */
  readonly decodesInTiles: boolean
}

/** An allowance: onnxruntime holds some weights a second time, laid out anew for its kernels. */
const LAID_OUT_ANEW = 1.25
/**
 * An allowance for activations: the widest layers of the FLUX autoencoders are 256 channels at the picture's own size,
 * of which two are held at a time in 32-bit floats.
 */
const DECODER_BYTES_PER_PIXEL = 2 * 256 * 4
/** Of a tile, which is at most this many pixels. */
export const TILE_PIXELS = 512 * 512
/** An allowance: activations of 25 to 57 blocks are freed as they go; a few hundred floats of each token are held. */
const TRANSFORMER_BYTES_PER_PIXEL = 512

const inGigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`

/**
 * How a picture of so many pixels is made within a budget of bytes: everything kept, else each part in turn, else that
 * and decoding in tiles.
 *
 * @throws StudioError `engine-out-of-memory` where even the largest part alone does not fit
 */
export function planMemory(parts: ModelParts, pixels: number, budget: number): MemoryPlan {
  const held = (bytes: number) => bytes * LAID_OUT_ANEW
  const painting = pixels * TRANSFORMER_BYTES_PER_PIXEL
  const decoding = pixels * DECODER_BYTES_PER_PIXEL
  const all = held(parts.text + parts.transformer + parts.vae)
  const inTurn = Math.max(held(parts.text), held(parts.transformer) + painting)
  if (all + Math.max(painting, decoding) <= budget) return { keepsAll: true, decodesInTiles: false }
  const tiled = held(parts.vae) + Math.min(decoding, TILE_PIXELS * DECODER_BYTES_PER_PIXEL)
  const needed = Math.max(inTurn, tiled)
  if (needed > budget) {
    throw new StudioError(
      'engine-out-of-memory',
      say('error-memory-model', { needed: inGigabytes(needed), free: inGigabytes(budget) }),
      { hint: say('hint-smaller-model'), details: { needed, budget } }
    )
  }
  return { keepsAll: false, decodesInTiles: held(parts.vae) + decoding > budget }
}
