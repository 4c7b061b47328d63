import { decodePhoto } from '../pixels/decode.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { toSrgbBytes } from '../pixels/srgb-bytes.ts'
import type { ModelFamily } from './model-folder.ts'
import { RawImage } from './transformers.ts'

/** Between pictures that lie side by side: wide enough to be seen as two after scaling, in the middle grey. */
const GAP = 16
const GAP_LIGHT = 0.184

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
  return [toImage(within(sideBySide(rasters), longEdge))]
}

function toImage(raster: Raster): RawImage {
  return new RawImage(toSrgbBytes(raster), raster.width, raster.height, 3)
}

/** All as high as the lowest. */
function sideBySide(pictures: readonly Raster[]): Raster {
  const height = Math.min(...pictures.map((picture) => picture.height))
  const scaled = pictures.map((picture) => {
    return resize(picture, Math.max(1, Math.round((picture.width * height) / picture.height)), height)
  })
  const width = scaled.reduce((sum, picture) => sum + picture.width, GAP * (scaled.length - 1))
  const row = createRaster(width, height, 3)
  row.data.fill(GAP_LIGHT)
  let left = 0
  for (const picture of scaled) {
    for (let y = 0; y < height; y++) {
      const line = picture.data.subarray(y * picture.width * 3, (y + 1) * picture.width * 3)
      row.data.set(line, (y * width + left) * 3)
    }
    left += picture.width + GAP
  }
  return row
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
