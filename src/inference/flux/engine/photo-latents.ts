import type { Size } from '../../../domain/geometry.ts'
import { toSrgbBytes } from '../../pixels/colour.ts'
import { decodePhoto } from '../../pixels/decode.ts'
import { crop, resize } from '../../pixels/resample.ts'
import type { ReferenceFit } from '../sampling/picture-size.ts'
import type { TokenPicture } from '../sampling/sampler.ts'
import { gridOf } from '../sampling/token-grid.ts'
import type { OpenParts } from './open-parts.ts'

/** A photo as a model looks at it. */
export interface EncodedPhoto extends TokenPicture {
  /** −1..1, [3, height, width]: what the encoder was given. */
  readonly planes: Float32Array
  readonly size: Size
}

/**
 * A photo brought to the size a model takes, through its encoder, as tokens.
 * @throws StudioError of `decodePhoto`, `engine-out-of-memory`, `model-damaged`
 */
export async function encodePhoto(
  parts: OpenParts,
  path: string,
  fitOf: (photo: Size) => ReferenceFit,
  keepsAll: boolean,
  signal: AbortSignal
): Promise<EncodedPhoto> {
  const { raster } = await decodePhoto(path, { signal })
  const { scaled, size } = fitOf(raster)
  const whole = resize(raster, scaled.width, scaled.height)
  const x = Math.floor((scaled.width - size.width) / 2)
  const y = Math.floor((scaled.height - size.height) / 2)
  const isWhole = scaled.width === size.width && scaled.height === size.height
  const planes = planesOf(toSrgbBytes(isWhole ? whole : crop(whole, { x, y, ...size })), size)
  const { layout } = parts
  const [input = ''] = Object.keys(layout.vaeEncoder.inputs)
  const encoded = await parts.with('vaeEncoder', keepsAll, (session) =>
    session.run({ [input]: { data: planes, dims: [1, 3, size.height, size.width] } })
  )
  const grid = gridOf(size)
  // Where variances follow the means, the means are taken: the most likely latents, and the same each time.
  const count = layout.family.tokens.latentShape(grid).reduce((product, dim) => product * dim, 1)
  return { tokens: layout.family.tokens.pack(encoded.data.subarray(0, count), grid), grid, planes, size }
}

/** Interleaved sRGB bytes as planes of −1..1. */
function planesOf(bytes: Uint8Array, { width, height }: Size): Float32Array {
  const count = width * height
  const planes = new Float32Array(3 * count)
  for (let pixel = 0, at = 0; pixel < count; pixel++, at += 3) {
    planes[pixel] = (bytes[at] ?? 0) / 127.5 - 1
    planes[count + pixel] = (bytes[at + 1] ?? 0) / 127.5 - 1
    planes[2 * count + pixel] = (bytes[at + 2] ?? 0) / 127.5 - 1
  }
  return planes
}
