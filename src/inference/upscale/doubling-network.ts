import { Tensor } from 'onnxruntime-node'
import { StudioError } from '../../domain/errors.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { srgbDecodeClipped, srgbEncodeClipped } from '../pixels/transfer.ts'
import { openModel } from '../runtime/session.ts'
import { floatOutput } from '../runtime/tensors.ts'

/**
 * Pixels of the input around an output pixel that can change it, measured: a changed pixel moves nothing 12 pixels away
 * or more. With this much around a tile its inner part is what the network makes of the whole picture.
 */
export const REACH = 12

/**
 * Makes a picture twice as large with ESRGAN (the built-in model `upscale-x2`). The network sees display-encoded values
 * in the working primaries; what lies outside 0..1 it never learnt, so that is enlarged by interpolation and added back.
 * The outer `REACH` pixels, doubled, are not to be used where the picture goes on beyond them.
 *
 * @throws StudioError `model-missing`, `model-damaged`, `engine-output-invalid`
 */
export async function doublePixels(raster: Raster): Promise<Raster> {
  const { width, height } = raster
  const session = await openModel('upscale-x2')
  const input = new Tensor('float32', toPlanes(raster), [1, 3, height, width])
  const planes = floatOutput(await session.run({ input }), 'output')
  if (planes.length !== width * height * 4 * 3) {
    throw new StudioError('engine-output-invalid', 'The upscaling network did not return a picture of twice the size.')
  }
  const doubled = fromPlanes(planes, width * 2, height * 2)
  addExcess(doubled, raster)
  return doubled
}

function toPlanes({ data, width, height }: Raster): Float32Array {
  const count = width * height
  const planes = new Float32Array(count * 3)
  for (let pixel = 0; pixel < count; pixel++) {
    planes[pixel] = srgbEncodeClipped(data[3 * pixel] ?? 0) * 255
    planes[count + pixel] = srgbEncodeClipped(data[3 * pixel + 1] ?? 0) * 255
    planes[2 * count + pixel] = srgbEncodeClipped(data[3 * pixel + 2] ?? 0) * 255
  }
  return planes
}

function fromPlanes(planes: Float32Array, width: number, height: number): Raster {
  const raster = createRaster(width, height, 3)
  const count = width * height
  for (let channel = 0; channel < 3; channel++) {
    for (let pixel = 0, at = channel * count; pixel < count; pixel++, at++) {
      raster.data[3 * pixel + channel] = srgbDecodeClipped((planes[at] ?? 0) / 255)
    }
  }
  return raster
}

const excess = (value: number) => value - Math.min(Math.max(value, 0), 1)

/** Adds what was clipped off the input, each pixel spread over the four it became. */
function addExcess(doubled: Raster, raster: Raster): void {
  const span = raster.width * 3
  for (let at = 0; at < raster.data.length; at++) {
    const over = excess(raster.data[at] ?? 0)
    if (over === 0) continue
    const row = Math.floor(at / span)
    const column = at - row * span
    const pixel = Math.floor(column / 3)
    const to = row * 2 * span * 2 + pixel * 6 + (column - pixel * 3)
    for (const next of [to, to + 3, to + 2 * span, to + 2 * span + 3])
      doubled.data[next] = (doubled.data[next] ?? 0) + over
  }
}
