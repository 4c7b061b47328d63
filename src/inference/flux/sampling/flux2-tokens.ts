import { tokenCount } from './token-grid.ts'
import type { TokenLayout } from './token-layout.ts'

const CHANNELS = 128
const AXES = 4
/** Distance of one reference's place in time from the next (`Flux2KleinPipeline._prepare_image_ids`, scale 10). */
const REFERENCE_STRIDE = 10
/** Edge of the blocks that are turned over at a time, so that both sides stay in the processor's cache. */
const BLOCK = 32

/**
 * FLUX.2: latents [128, h, w], one token each; the autoencoder packs and normalises them itself. Places (time, row,
 * column, word): references lie at times 10, 20 …, words differ in the last. As `Flux2KleinPipeline` of diffusers.
 */
export const FLUX2_TOKENS: TokenLayout = {
  channels: CHANNELS,
  latentShape: ({ columns, rows }) => [1, CHANNELS, rows, columns],
  pack: (latents, grid) => transposed(latents, CHANNELS, tokenCount(grid)),
  unpack: (tokens, grid) => transposed(tokens, tokenCount(grid), CHANNELS),
  pictureIds: (grid, reference) => {
    const ids = new Float32Array(tokenCount(grid) * AXES)
    for (let at = 0, token = 0; at < ids.length; at += AXES, token++) {
      ids[at] = REFERENCE_STRIDE * reference
      ids[at + 1] = Math.floor(token / grid.columns)
      ids[at + 2] = token % grid.columns
    }
    return ids
  },
  textIds: (count) => {
    const ids = new Float32Array(count * AXES)
    for (let word = 0; word < count; word++) ids[word * AXES + AXES - 1] = word
    return ids
  },
  idAxes: AXES,
  idsAreBatched: true
}

/** Of a matrix of `rows` × `columns`, row by row. */
function transposed(from: Float32Array, rows: number, columns: number): Float32Array {
  const to = new Float32Array(rows * columns)
  for (let top = 0; top < rows; top += BLOCK) {
    const bottom = Math.min(top + BLOCK, rows)
    for (let left = 0; left < columns; left += BLOCK) {
      const right = Math.min(left + BLOCK, columns)
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) to[column * rows + row] = from[row * columns + column] ?? 0
      }
    }
  }
  return to
}
