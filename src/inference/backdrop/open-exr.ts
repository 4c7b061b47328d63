import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { Raster } from '../pixels/raster.ts'
import { applyMatrix, multiplyMatrices, rgbToXyz, SRGB, XYZ_TO_REC2020 } from '../pixels/rgb-spaces.ts'
import { AreaReducer } from './area-reducer.ts'
import { damaged, readExrHeader } from './exr-header.ts'
import { mendLight } from './scene-light.ts'

/** Channels the decoder gives: red, green, blue, alpha. */
const CHANNELS = 4
/** It decodes a picture whole, 16 bytes a pixel: 540 MB for an 8k panorama. */
const MAX_PIXELS = 8192 * 4096

/**
 * Reads an OpenEXR picture of any compression, scan lines or tiles, half or float; of several parts the first. Decoded
 * by three (docs/decisions/0010-three-reads-openexr.md), which is loaded for the first such file only.
 *
 * @param sizeOf the size to make it smaller to
 * @returns linear Rec. 2020
 * @throws StudioError `image-damaged`, `image-too-large`
 */
export async function parseExr(bytes: Uint8Array, sizeOf: (stored: Size) => Size): Promise<Raster> {
  const header = readExrHeader(bytes)
  const target = sizeOf(header)
  const { width, height } = header
  if (width * height > MAX_PIXELS) {
    throw new StudioError('image-too-large', `An OpenEXR picture of ${width}×${height} pixels is too large.`, {
      hint: 'Save it at 8192×4096 pixels or less, or as a Radiance picture (.hdr).'
    })
  }
  const data = await decode(bytes, header)
  const reducer = new AreaReducer(header, target)
  const row = new Float32Array(width * 3)
  // The decoder's rows begin at the bottom.
  for (let y = height - 1; y >= 0; y--) {
    for (let x = 0, from = CHANNELS * y * width, to = 0; x < width; x++, from += CHANNELS) {
      for (let c = 0; c < 3; c++) row[to++] = data[from + c] ?? 0
    }
    mendLight(row)
    reducer.add(row)
  }
  const { picture } = reducer
  applyMatrix(picture.data, multiplyMatrices(XYZ_TO_REC2020, rgbToXyz(header.primaries ?? SRGB)))
  mendLight(picture.data)
  return picture
}

/**
 * A damaged file can send the decoder round in circles, so it is stopped after several times what a slow machine takes:
 * for the largest picture after 40 seconds, less than the silence after which an engine is taken for dead.
 */
const patienceMs = ({ width, height }: Size) => 6000 + Math.ceil((width * height) / 1000)

const decodedSchema = z.object({ data: z.instanceof(Float32Array) })

async function decode(bytes: Uint8Array, size: Size): Promise<Float32Array> {
  const [{ FloatType }, { EXRLoader }] = await Promise.all([
    import('three'),
    import('three/examples/jsm/loaders/EXRLoader.js')
  ])
  try {
    // A copy of its own: the decoder reads from the begin of a buffer.
    const { buffer } = new Uint8Array(bytes)
    const parse = () => new EXRLoader().setDataType(FloatType).parse(buffer)
    const decoded = decodedSchema.parse(runInNewContext('parse()', { parse }, { timeout: patienceMs(size) }))
    if (decoded.data.length === size.width * size.height * CHANNELS) return decoded.data
  } catch (cause) {
    throw damaged('its pixels cannot be read', cause)
  }
  throw damaged('it is not a picture in colour')
}
