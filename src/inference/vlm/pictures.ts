import type { ModelFamily } from '../../domain/local-vlm/model-family.ts'
import { decodePhoto } from '../pixels/decode.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { joinedFromLeft } from '../pixels/side-by-side.ts'
import { toSrgbBytes } from '../pixels/srgb-bytes.ts'
import { RawImage } from './transformers.ts'

/**
 * Pictures as the model takes them, sRGB, decoded by the studio's own code: several, or one with all of them side by side.
 * @throws StudioError as `decodePhoto`
 */
export async function readPictures(
  paths: readonly string[],
  { severalPictures, longEdge }: ModelFamily,
  signal: AbortSignal
): Promise<RawImage[]> {
  const rasters: Raster[] = []
  for (const path of paths) rasters.push((await decodePhoto(path, { maxLongEdge: longEdge, signal })).raster)
  if (severalPictures || rasters.length < 2) return rasters.map(toImage)
  return [toImage(within(joinedFromLeft(rasters), longEdge))]
}

function toImage(raster: Raster): RawImage {
  return new RawImage(toSrgbBytes(raster), raster.width, raster.height, 3)
}

function within(picture: Raster, longEdge: number): Raster {
  const scale = longEdge / Math.max(picture.width, picture.height)
  if (scale >= 1) return picture
  return resize(
    picture,
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale))
  )
}
