import { tokenCount } from './token-grid.ts'
import type { TokenLayout } from './token-layout.ts'

const CHANNELS = 128
const AXES = 4
/** Distance of one reference's place in time from the next (`Flux2KleinPipeline._prepare_image_ids`, scale 10). */
const REFERENCE_STRIDE = 10
/** Tokens that are moved at a time: as many as fill a line of the processor's cache in one channel, 64 bytes. */
const BLOCK = 16

/**
 * FLUX.2: latents [128, h, w], one token each; the autoencoder packs and normalises them itself. Places (time, row,
 * column, word): references lie at times 10, 20 …, words differ in the last. As `Flux2KleinPipeline` of diffusers.
 */
export const FLUX2_TOKENS: TokenLayout = {
  channels: CHANNELS,
  latentShape: ({ columns, rows }) => [1, CHANNELS, rows, columns],
  pack: (latents, grid) => tokensOf(latents, tokenCount(grid)),
  unpack: (tokens, grid) => latentsOf(tokens, tokenCount(grid)),
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

/** [128, count] → [count, 128], block by block: both sides stay in the processor's cache. */
function tokensOf(latents: Float32Array, count: number): Float32Array {
  const tokens = new Float32Array(CHANNELS * count)
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(from + BLOCK, count)
    for (let channel = 0, row = 0; channel < CHANNELS; channel++, row += count) {
      for (let token = from; token < to; token++) tokens[token * CHANNELS + channel] = latents[row + token] ?? 0
    }
  }
  return tokens
}

/** The inverse. */
function latentsOf(tokens: Float32Array, count: number): Float32Array {
  const latents = new Float32Array(CHANNELS * count)
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(from + BLOCK, count)
    for (let channel = 0, row = 0; channel < CHANNELS; channel++, row += count) {
      for (let token = from; token < to; token++) latents[row + token] = tokens[token * CHANNELS + channel] ?? 0
    }
  }
  return latents
}
