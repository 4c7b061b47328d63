import type { Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import type { Raster } from '../pixels/raster.ts'
import { joinStrips, resizeStrips, stripsOf } from '../pixels/strips.ts'
import { doubleStrips, tileCount } from './double-strips.ts'

/** Rows of a strip of the finished picture. */
const STRIP_ROWS = 256
/** Up to this enlargement plain interpolation is as good as doubling and making smaller again. */
const INTERPOLATED_UP_TO = 1.15
/** A tile takes a fifth of a second on two idle cores. */
const WITHIN_MS = 30_000

/**
 * The picture at exactly this size, doubled by ESRGAN as often as it takes (at most twice) and brought to size by
 * Lanczos resampling. Made smaller, it is resampled only.
 *
 * @throws StudioError `model-missing`, `model-damaged`, `engine-output-invalid`, `cancelled`
 */
export async function upscaleTo(raster: Raster, width: number, height: number, context: CallContext): Promise<Raster> {
  return joinStrips(upscaleStrips(raster, width, height, context), { width, height })
}

/** The same, as strips from top to bottom, for pictures that are not to be held in floats. */
export function upscaleStrips(
  raster: Raster,
  width: number,
  height: number,
  context: CallContext
): AsyncGenerator<Raster> {
  const doubled = sizesToDouble(raster, { width, height })
  const total = doubled.reduce((sum, size) => sum + tileCount(size), 0)
  let done = 0
  const onTile = () => {
    done++
    context.onProgress({ activity: 'adding pixels', done, total, withinMs: WITHIN_MS })
  }
  let strips = stripsOf(raster, STRIP_ROWS)
  let reached: Size = raster
  for (const size of doubled) {
    strips = resizeStrips(strips, reached, size, 'lanczos3', STRIP_ROWS)
    strips = doubleStrips(strips, size, context.signal, onTile)
    reached = { width: size.width * 2, height: size.height * 2 }
  }
  return resizeStrips(strips, reached, { width, height }, 'lanczos3', STRIP_ROWS)
}

/**
 * The sizes the network is given. The first is the picture's own, so that no real detail is lost; before the second
 * doubling the picture is made smaller if half of the goal is, which spares pixels that nobody would see.
 */
export function sizesToDouble(from: Size, to: Size): Size[] {
  const ratio = Math.max(to.width / from.width, to.height / from.height)
  const { width, height } = from
  if (ratio <= INTERPOLATED_UP_TO) return []
  if (ratio <= 2 * INTERPOLATED_UP_TO) return [{ width, height }]
  const half = (now: number, goal: number) => Math.min(2 * now, Math.ceil(goal / 2))
  return [
    { width, height },
    { width: half(width, to.width), height: half(height, to.height) }
  ]
}
