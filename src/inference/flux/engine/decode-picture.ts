import { PIXELS_PER_TOKEN } from '../../../domain/flux-size.ts'
import type { Size } from '../../../domain/geometry.ts'
import { decodeInTiles } from '../decode/tiled-decode.ts'
import type { TokenGrid } from '../sampling/token-grid.ts'
import type { OpenParts } from './open-parts.ts'

/** Tiles of 512 px that share 128: the FLUX autoencoders look about 100 px far. */
const TILE = 512
const OVERLAP = 128

export interface DecodeOptions {
  readonly inTiles: boolean
  readonly keepsAll: boolean
  readonly onTile: (done: number, total: number) => void
}

/**
 * Tokens of a finished picture as [3, height, width] of about −1..1.
 * @throws StudioError `engine-out-of-memory`, `model-damaged`, what `onTile` throws
 */
export async function decodePicture(
  parts: OpenParts,
  tokens: Float32Array,
  grid: TokenGrid,
  { inTiles, keepsAll, onTile }: DecodeOptions
): Promise<{ planes: Float32Array; size: Size }> {
  const { family, vaeDecoder } = parts.layout
  const [, channels = 0, height = 0, width = 0] = family.tokens.latentShape(grid)
  const latents = family.tokens.unpack(tokens, grid)
  const [input = ''] = Object.keys(vaeDecoder.inputs)
  const scale = (grid.columns * PIXELS_PER_TOKEN) / width
  const planes = await parts.with('vaeDecoder', keepsAll, async (session) => {
    const decode = async (part: { data: Float32Array; channels: number; width: number; height: number }) =>
      (await session.run({ [input]: { data: part.data, dims: [1, part.channels, part.height, part.width] } })).data
    const whole = { data: latents, channels, width, height }
    if (!inTiles) return await decode(whole)
    return await decodeInTiles(whole, { tile: TILE / scale, overlap: OVERLAP / scale, scale }, decode, onTile)
  })
  return { planes, size: { width: width * scale, height: height * scale } }
}
