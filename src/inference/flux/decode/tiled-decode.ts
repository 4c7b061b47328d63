import type { Size } from '../../../domain/geometry.ts'

/** Values [channels, height, width]. */
export interface Planes extends Size {
  readonly data: Float32Array
  readonly channels: number
}

export interface Tiling {
  /** Edge of a tile, in latents. */
  readonly tile: number
  /** What neighbouring tiles share, in latents. */
  readonly overlap: number
  /** Pixels along one latent. */
  readonly scale: number
}

/**
 * Decodes latents tile by tile; where tiles overlap, each fades into the next, so that no seam shows.
 *
 * @param decode latents [channels, h, w] → picture [3, scale·h, scale·w]
 */
export async function decodeInTiles(
  latents: Planes,
  { tile, overlap, scale }: Tiling,
  decode: (latents: Planes) => Promise<Float32Array>,
  onTile: (done: number, total: number) => void
): Promise<Float32Array> {
  const columns = spans(latents.width, tile, overlap)
  const rows = spans(latents.height, tile, overlap)
  const [width, height] = [latents.width * scale, latents.height * scale]
  const picture = new Float32Array(3 * width * height)
  let done = 0
  for (const row of rows) {
    for (const column of columns) {
      onTile(done++, rows.length * columns.length)
      const decoded = await decode(cut(latents, column, row))
      const across = fades(column, latents.width, overlap, scale)
      const down = fades(row, latents.height, overlap, scale)
      const [left, top] = [column.from * scale, row.from * scale]
      for (let plane = 0, at = 0; plane < 3; plane++) {
        for (let y = 0; y < down.length; y++) {
          const share = down[y] ?? 0
          let to = (plane * height + top + y) * width + left
          for (let x = 0; x < across.length; x++, at++, to++) {
            picture[to] = (picture[to] ?? 0) + share * (across[x] ?? 0) * (decoded[at] ?? 0)
          }
        }
      }
    }
  }
  return picture
}

interface Span {
  readonly from: number
  readonly to: number
}

/** Tiles along one side: all begin a whole stride after the one before, the last ends with the picture. */
function spans(length: number, tile: number, overlap: number): Span[] {
  const stride = tile - overlap
  const all: Span[] = []
  for (let from = 0; ; from += stride) {
    all.push({ from, to: Math.min(from + tile, length) })
    if (from + tile >= length) return all
  }
}

/** Shares of a tile's pixels along one side: they rise over what it shares with the one before; all shares sum to 1. */
function fades({ from, to }: Span, length: number, overlap: number, scale: number): Float32Array {
  const shares = new Float32Array((to - from) * scale).fill(1)
  const ramp = overlap * scale
  for (let at = 0; at < ramp; at++) {
    const share = (at + 0.5) / ramp
    if (from > 0) shares[at] = share
    if (to < length) shares[shares.length - 1 - at] = share
  }
  return shares
}

function cut({ data, channels, width, height }: Planes, column: Span, row: Span): Planes {
  const size = { width: column.to - column.from, height: row.to - row.from }
  const part = new Float32Array(channels * size.width * size.height)
  let at = 0
  for (let channel = 0; channel < channels; channel++) {
    for (let y = row.from; y < row.to; y++, at += size.width) {
      const start = (channel * height + y) * width + column.from
      part.set(data.subarray(start, start + size.width), at)
    }
  }
  return { data: part, channels, ...size }
}
