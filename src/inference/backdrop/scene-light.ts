import { StudioError } from '../../domain/errors.ts'
import { luminance } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'

/**
 * Most that a pixel may outshine the median by: the sun's disc has 1.6·10⁹ cd/m², a clear sky a few thousand, so what
 * lies beyond is no light but a mistake of the file.
 */
const MOST_OVER_MEDIAN = 2 ** 20
/** Largest finite half float, which stands for what a file says is infinite. */
const INFINITE = 65504

/** Light is finite and never negative: what a file says otherwise is put right, in place. */
export function mendLight(row: Float32Array): void {
  for (let at = 0; at < row.length; at++) {
    const value = row[at] ?? 0
    if (value >= 0 && value < Number.POSITIVE_INFINITY) continue
    row[at] = value === Number.POSITIVE_INFINITY ? INFINITE : 0
  }
}

/**
 * Cuts down, in place, what outshines the picture beyond reason.
 * @throws StudioError `image-damaged` where there is no light at all
 */
export function requireLight({ data }: Raster): void {
  const luminances = Float32Array.from({ length: data.length / 3 }, (_, pixel) =>
    luminance(data[3 * pixel] ?? 0, data[3 * pixel + 1] ?? 0, data[3 * pixel + 2] ?? 0)
  )
  const lit = luminances.filter((value) => value > 0).sort()
  const median = lit[lit.length >> 1]
  if (median === undefined) {
    throw new StudioError('image-damaged', 'The picture is black.', { hint: 'Export it again, and look at it first.' })
  }
  const most = MOST_OVER_MEDIAN * median
  for (let at = 0; at < data.length; at++) data[at] = Math.min(most, data[at] ?? 0)
}
