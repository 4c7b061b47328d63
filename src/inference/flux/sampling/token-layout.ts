import type { TokenGrid } from './token-grid.ts'

/** How a generation of FLUX lays a picture out as tokens, and tells its transformer where each lies. */
export interface TokenLayout {
  /** Values of one token. */
  readonly channels: number
  /** Dimensions of the autoencoder's latents of such a picture. */
  latentShape(grid: TokenGrid): readonly number[]
  /** Latents as the encoder gives them → tokens as the transformer takes them, normalised. */
  pack(latents: Float32Array, grid: TokenGrid): Float32Array
  /** Tokens → latents as the decoder takes them; more tokens than the grid's are left out. */
  unpack(tokens: Float32Array, grid: TokenGrid): Float32Array
  /** Places of a picture's tokens: 0 is the one that is made, 1, 2 … are references. */
  pictureIds(grid: TokenGrid, reference: number): Float32Array
  textIds(count: number): Float32Array
  /** Numbers of one place. */
  readonly idAxes: number
  /** Whether places have a leading dimension of 1. */
  readonly idsAreBatched: boolean
}
