import { type TokenGrid, tokenCount } from './token-grid.ts'
import type { TokenLayout } from './token-layout.ts'

/** Channels of the FLUX.1 autoencoder's latents. */
const CHANNELS = 16
/** `scaling_factor` and `shift_factor` of its configuration (black-forest-labs/FLUX.1-dev, vae/config.json). */
const SCALE = 0.3611
const SHIFT = 0.1159

/**
 * FLUX.1: latents [16, 2h, 2w], two by two packed into one token of 64 (channel, row, column); places (picture, row,
 * column), those of text all zero. As `FluxPipeline` of diffusers.
 */
export const FLUX1_TOKENS: TokenLayout = {
  channels: 4 * CHANNELS,
  latentShape: ({ columns, rows }) => [1, CHANNELS, 2 * rows, 2 * columns],
  pack: (latents, grid) => {
    const tokens = new Float32Array(tokenCount(grid) * 4 * CHANNELS)
    eachPair(grid, (token, latent) => {
      tokens[token] = ((latents[latent] ?? 0) - SHIFT) * SCALE
      tokens[token + 1] = ((latents[latent + 1] ?? 0) - SHIFT) * SCALE
    })
    return tokens
  },
  unpack: (tokens, grid) => {
    const latents = new Float32Array(tokenCount(grid) * 4 * CHANNELS)
    eachPair(grid, (token, latent) => {
      latents[latent] = (tokens[token] ?? 0) / SCALE + SHIFT
      latents[latent + 1] = (tokens[token + 1] ?? 0) / SCALE + SHIFT
    })
    return latents
  },
  pictureIds: (grid, reference) => {
    const ids = new Float32Array(tokenCount(grid) * 3)
    for (let at = 0, token = 0; at < ids.length; at += 3, token++) {
      ids[at] = reference
      ids[at + 1] = Math.floor(token / grid.columns)
      ids[at + 2] = token % grid.columns
    }
    return ids
  },
  textIds: (count) => new Float32Array(count * 3),
  idAxes: 3,
  idsAreBatched: false
}

/** Of each pair of neighbours in a row of latents: where it lies in the tokens, and where in the latents. */
function eachPair({ columns, rows }: TokenGrid, pair: (token: number, latent: number) => void): void {
  const width = 2 * columns
  const plane = 2 * rows * width
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let y = 0; y < 2 * rows; y++) {
      let token = (y >> 1) * columns * 4 * CHANNELS + 4 * channel + 2 * (y & 1)
      let latent = channel * plane + y * width
      for (let x = 0; x < columns; x++, token += 4 * CHANNELS, latent += 2) pair(token, latent)
    }
  }
}
