import { FloatType } from 'three'
import { EXRLoader } from 'three/examples/jsm/loaders/EXRLoader.js'
import { createRaster, type Raster } from '../../src/inference/pixels/raster.ts'

/** Channels three gives for a colour picture: RGBA. */
const CHANNELS = 4

/** An OpenEXR picture as it is stored, without its alpha: three's loader gives the rows from the bottom. */
export function readExr(bytes: Uint8Array): Raster {
  const copy = new Uint8Array(bytes)
  const { width, height, data } = new EXRLoader().setDataType(FloatType).parse(copy.buffer)
  if (!width || !height || !(data instanceof Float32Array) || data.length !== width * height * CHANNELS) {
    throw new Error('The OpenEXR picture is not RGB.')
  }
  const raster = createRaster(width, height, 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = CHANNELS * ((height - 1 - y) * width + x)
      raster.data.set(data.subarray(from, from + 3), 3 * (y * width + x))
    }
  }
  return raster
}
