import type { Size } from '../../domain/geometry.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'

/**
 * Makes a picture smaller while its rows are read, so that a panorama never stands in memory whole: every pixel of the
 * result is the mean over its own area, and the mean of the picture is kept.
 */
export class AreaReducer {
  readonly #source: Size
  readonly #target: Raster
  readonly #line: Float32Array
  readonly #rowsPerRow: number
  #next = 0

  /** @param target in neither direction larger than the source */
  constructor(source: Size, target: Size) {
    this.#source = source
    this.#target = createRaster(target.width, target.height, 3)
    this.#line = new Float32Array(target.width * 3)
    this.#rowsPerRow = source.height / target.height
  }

  /** Takes the next row from the top: source width × 3 values. */
  add(row: Float32Array): void {
    const { height, data } = this.#target
    const line = this.#reduceRow(row)
    // A row of the source reaches into two rows of the result at most.
    const [begin, end] = [this.#next / this.#rowsPerRow, (this.#next + 1) / this.#rowsPerRow]
    this.#next++
    for (let y = Math.floor(begin); y < Math.min(height, end); y++) {
      const share = Math.min(end, y + 1) - Math.max(begin, y)
      const to = y * line.length
      for (let at = 0; at < line.length; at++) data[to + at] = (data[to + at] ?? 0) + share * (line[at] ?? 0)
    }
  }

  /** The reduced picture, once every row was added. */
  get picture(): Raster {
    return this.#target
  }

  #reduceRow(row: Float32Array): Float32Array {
    const { width } = this.#target
    if (width === this.#source.width) return row
    const line = this.#line.fill(0)
    const scale = width / this.#source.width
    for (let x = 0, from = 0; from < row.length; x++, from += 3) {
      const [begin, end] = [x * scale, (x + 1) * scale]
      const first = Math.min(width - 1, Math.floor(begin))
      const inFirst = Math.min(end, first + 1) - begin
      for (let c = 0; c < 3; c++) {
        const value = row[from + c] ?? 0
        const at = 3 * first + c
        line[at] = (line[at] ?? 0) + inFirst * value
        if (first + 1 < width) line[at + 3] = (line[at + 3] ?? 0) + (scale - inFirst) * value
      }
    }
    return line
  }
}
