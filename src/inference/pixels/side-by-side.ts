import type { SideBySideRequest } from '../../domain/engine.ts'
import type { Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import { decodePhoto } from './decode.ts'
import { encodePicture } from './encode.ts'
import { createRaster, type Raster } from './raster.ts'
import { BACKING } from './read-samples.ts'
import { resize } from './resample.ts'

/** Width of the gap, as a share of the height: wide enough that two backgrounds of one colour do not run together. */
const GAP = 0.03

/**
 * Writes one sRGB JPEG of several pictures, upright, from left to right at the height of the lowest.
 *
 * @throws StudioError as `decodePhoto` and `encodePicture`
 */
export async function putSideBySide(request: SideBySideRequest, { signal }: CallContext): Promise<Size> {
  const { paths, longEdge, outputPath } = request
  const rasters: Raster[] = []
  for (const path of paths) rasters.push((await decodePhoto(path, { maxLongEdge: longEdge, signal })).raster)
  const joined = joinedFromLeft(rasters)
  await encodePicture(joined, outputPath, { format: 'jpeg', bitsPerChannel: 8, profile: 'srgb', quality: 88, signal })
  return { width: joined.width, height: joined.height }
}

/** At the height of the lowest, with a gap between them. */
export function joinedFromLeft(rasters: readonly Raster[]): Raster {
  const height = Math.min(...rasters.map((raster) => raster.height))
  const scaled = rasters.map((raster) =>
    resize(raster, Math.max(1, Math.round((raster.width * height) / raster.height)), height)
  )
  const gap = Math.max(1, Math.round(height * GAP))
  const width = scaled.reduce((sum, raster) => sum + raster.width, 0) + gap * (scaled.length - 1)
  const joined = createRaster(width, height, 3)
  joined.data.fill(BACKING)
  let left = 0
  for (const { data, width: across } of scaled) {
    for (let y = 0; y < height; y += 1) {
      joined.data.set(data.subarray(y * across * 3, (y + 1) * across * 3), (y * width + left) * 3)
    }
    left += across + gap
  }
  return joined
}
