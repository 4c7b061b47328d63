import { type Affine, warpAffine } from '../pixels/affine.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'

/** Photos of real people that come with the npm package @vladmandic/face-api; tests use them in place. */
export type SamplePhoto = 1 | 2 | 3 | 4 | 5 | 6

export function samplePath(photo: SamplePhoto): string {
  return `node_modules/@vladmandic/face-api/demo/sample${photo}.jpg`
}

export async function sampleRaster(photo: SamplePhoto, maxLongEdge = 1600): Promise<Raster> {
  return (await decodePhoto(samplePath(photo), { maxLongEdge })).raster
}

/** Turned by `degrees` clockwise about its middle. */
export function turned(raster: Raster, degrees: number): Raster {
  const radians = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const [x, y] = [raster.width / 2, raster.height / 2]
  const affine: Affine = [cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y]
  return warpAffine(raster, affine, raster.width, raster.height)
}

/** Laid at `x`, `y` on middle grey, made `scale` as large. */
export function onGrey(raster: Raster, scale: number, canvas: { width: number; height: number; x: number; y: number }) {
  const small = resize(raster, Math.round(raster.width * scale), Math.round(raster.height * scale))
  const target = createRaster(canvas.width, canvas.height, 3)
  target.data.fill(0.2)
  for (let row = 0; row < small.height; row++) {
    const line = small.data.subarray(row * small.width * 3, (row + 1) * small.width * 3)
    target.data.set(line, ((canvas.y + row) * canvas.width + canvas.x) * 3)
  }
  return target
}
