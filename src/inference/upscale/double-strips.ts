import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import type { Strips } from '../pixels/strips.ts'
import { doublePixels, REACH } from './doubling-network.ts'

/** Input pixels of a tile's edge, without its margin: a fifth of a second on two cores. */
const TILE = 256

/** Tiles that doubling a picture of this size takes. */
export function tileCount({ width, height }: Size): number {
  return Math.ceil(width / TILE) * Math.ceil(height / TILE)
}

/**
 * Doubles a picture in both directions, tile by tile: strips of 2 × TILE rows come out, whatever comes in.
 * Holds one band of tiles. No seam shows, since each tile is seen with everything that can change it.
 */
export async function* doubleStrips(
  strips: Strips,
  size: Size,
  signal: AbortSignal,
  onTile: () => void
): AsyncGenerator<Raster> {
  const band = new RowWindow(size)
  let top = 0
  for await (const strip of strips) {
    band.push(strip)
    while (top < size.height && band.bottom >= Math.min(top + TILE + REACH, size.height)) {
      const rows = Math.min(TILE, size.height - top)
      yield await doubleBand(band, top, rows, signal, onTile)
      top += rows
      band.drop(top - REACH)
    }
  }
  if (top !== size.height) throw new StudioError('internal', 'The strips end before the picture does.')
}

async function doubleBand(
  band: RowWindow,
  top: number,
  rows: number,
  signal: AbortSignal,
  onTile: () => void
): Promise<Raster> {
  const { width } = band.size
  const doubled = createRaster(width * 2, rows * 2, 3)
  for (let left = 0; left < width; left += TILE) {
    if (signal.aborted) throw new StudioError('cancelled', 'It was cancelled.', { cause: signal.reason })
    const columns = Math.min(TILE, width - left)
    const tile = await doublePixels(band.withMargin(left, top, columns, rows))
    for (let row = 0; row < rows * 2; row++) {
      const from = ((row + 2 * REACH) * tile.width + 2 * REACH) * 3
      doubled.data.set(tile.data.subarray(from, from + columns * 6), (row * width * 2 + left * 2) * 3)
    }
    onTile()
  }
  return doubled
}

/** The rows of a picture that are still needed. */
class RowWindow {
  readonly size: Size
  private top = 0
  private data = new Float32Array(0)

  constructor(size: Size) {
    this.size = size
  }

  get bottom(): number {
    return this.top + this.data.length / (this.size.width * 3)
  }

  push(strip: Raster): void {
    if (strip.width !== this.size.width)
      throw new StudioError('internal', 'A strip has another width than its picture.')
    const joined = new Float32Array(this.data.length + strip.data.length)
    joined.set(this.data)
    joined.set(strip.data, this.data.length)
    this.data = joined
  }

  /** Forgets the rows above `row`. */
  drop(row: number): void {
    if (row <= this.top) return
    this.data = this.data.slice((row - this.top) * this.size.width * 3)
    this.top = row
  }

  /** The part with REACH pixels around it; beyond the picture's edge the edge repeats. */
  withMargin(left: number, top: number, columns: number, rows: number): Raster {
    const { width, height } = this.size
    const part = createRaster(columns + 2 * REACH, rows + 2 * REACH, 3)
    for (let y = 0, to = 0; y < part.height; y++) {
      const row = Math.min(Math.max(top + y - REACH, 0), height - 1)
      const start = (row - this.top) * width
      for (let x = 0; x < part.width; x++, to += 3) {
        const from = 3 * (start + Math.min(Math.max(left + x - REACH, 0), width - 1))
        part.data[to] = this.data[from] ?? 0
        part.data[to + 1] = this.data[from + 1] ?? 0
        part.data[to + 2] = this.data[from + 2] ?? 0
      }
    }
    return part
  }
}
