import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { resamplingTaps, type Taps } from './kernels.ts'
import type { Raster } from './raster.ts'

/**
 * A smooth layer enlarged bilinearly, one row of the picture after the other, and of a row only what is wanted: to
 * enlarge layers wholly takes most of the time and memory of a large picture, and most of it lies where they do not show.
 */
export class EnlargedRows {
  /** The wanted values of the row moved to, interleaved; the others are of other rows. */
  readonly row: Float32Array
  readonly #layer: Raster
  readonly #across: Taps
  readonly #down: Taps
  readonly #top: number
  /** The layer's own columns of that row. */
  readonly #line: Float32Array

  /**
   * @param layer at most as large as the picture
   * @param size of the picture, of which `count` rows are wanted, from row `top` on
   */
  constructor(layer: Raster, size: Size, top: number, count: number) {
    if (layer.width > size.width || layer.height > size.height) {
      throw new StudioError('internal', `A layer of ${layer.width}×${layer.height} is larger than its picture.`)
    }
    this.#layer = layer
    this.#across = resamplingTaps(layer.width, size.width, 'bilinear')
    this.#down = resamplingTaps(layer.height, size.height, 'bilinear', top, count)
    this.#top = top
    this.#line = new Float32Array(layer.width * layer.channels)
    this.row = new Float32Array(size.width * layer.channels)
  }

  /** Nothing of the row is enlarged yet. @param y row of the picture */
  moveTo(y: number): void {
    const { taps, first, weights } = this.#down
    const { data } = this.#layer
    const line = this.#line
    const at = y - this.#top
    const above = (first[at] ?? 0) * line.length
    const u = weights[at * taps] ?? 0
    if (taps === 1) {
      for (let i = 0; i < line.length; i++) line[i] = (data[above + i] ?? 0) * u
      return
    }
    const v = weights[at * taps + 1] ?? 0
    const below = above + line.length
    for (let i = 0; i < line.length; i++) line[i] = (data[above + i] ?? 0) * u + (data[below + i] ?? 0) * v
  }

  /**
   * Enlarges the columns from `first` to before `end`.
   * @param wanted of every column of the picture: only where it is not 0; left out, all
   */
  enlarge(first: number, end: number, wanted?: Uint8Array): void {
    const { taps, first: from, weights } = this.#across
    const line = this.#line
    const { row } = this
    const { channels } = this.#layer
    for (let x = first; x < end; x++) {
      if (wanted !== undefined && wanted[x] === 0) continue
      const u = weights[x * taps] ?? 0
      const v = taps === 1 ? 0 : (weights[x * taps + 1] ?? 0)
      const at = (from[x] ?? 0) * channels
      const beside = taps === 1 ? at : at + channels
      if (channels === 1) {
        row[x] = (line[at] ?? 0) * u + (line[beside] ?? 0) * v
      } else {
        const to = 3 * x
        row[to] = (line[at] ?? 0) * u + (line[beside] ?? 0) * v
        row[to + 1] = (line[at + 1] ?? 0) * u + (line[beside + 1] ?? 0) * v
        row[to + 2] = (line[at + 2] ?? 0) * u + (line[beside + 2] ?? 0) * v
      }
    }
  }
}
