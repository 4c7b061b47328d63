import { readFile } from 'node:fs/promises'
import { StudioError } from '../../domain/errors.ts'
import type { PlaceId } from '../../domain/parameters/background.ts'
import { say } from '../../domain/sentences/say.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { resourcePath } from '../runtime/resources.ts'
import { parseRadiance } from './radiance.ts'

/**
 * The light that reaches one point from all around, as an equirectangular picture: the middle column is straight ahead
 * (yaw 0), columns to the right turn to the right, the top row is straight up.
 */
export interface Panorama {
  /** Linear Rec. 2020 radiance, twice as wide as high. */
  readonly picture: Raster
  /** log2 of the radiance with `PADDING` pixels around it: the sides wrap, the poles repeat. */
  readonly logarithm: Raster
  /** A small copy in which every pixel is a mean, for integrals over the sphere. */
  readonly coarse: Raster
}

/** Pixels around the logarithm, so that kernels of four taps need no test at the borders. */
export const PADDING = 2
/** Darkest radiance told apart, as a fraction of the mean: ten stops below it. */
const FLOOR = 2 ** -10
const COARSE_WIDTH = 128

/** @throws StudioError `image-damaged` unless the picture is twice as wide as high. */
export function createPanorama(picture: Raster): Panorama {
  const { width, height, data } = picture
  if (width !== 2 * height || width < 16) {
    throw new StudioError('image-damaged', `A panorama is twice as wide as high, not ${width}×${height}.`, {
      hint: 'Export it as a full equirectangular (360° × 180°) panorama.'
    })
  }
  let sum = 0
  for (let at = 0; at < data.length; at++) sum += data[at] ?? 0
  const floor = Math.max(1e-30, (sum / data.length) * FLOOR)
  const coarseWidth = Math.min(width, COARSE_WIDTH)
  return {
    picture,
    logarithm: paddedLogarithm(picture, floor),
    coarse: resize(picture, coarseWidth, coarseWidth / 2, 'area')
  }
}

function paddedLogarithm({ width, height, data }: Raster, floor: number): Raster {
  const padded = createRaster(width + 2 * PADDING, height + 2 * PADDING, 3)
  for (let y = 0, to = 0; y < padded.height; y++) {
    const row = Math.min(Math.max(y - PADDING, 0), height - 1) * width
    for (let x = 0; x < padded.width; x++) {
      const from = 3 * (row + ((x - PADDING + width) % width))
      for (let c = 0; c < 3; c++, to++) padded.data[to] = Math.log2((data[from + c] ?? 0) + floor)
    }
  }
  return padded
}

const places = new Map<PlaceId, Promise<Panorama>>()

/** A built-in place, read once per process. @throws StudioError `place-missing`, `place-damaged`. */
export function loadPlace(id: PlaceId): Promise<Panorama> {
  const known = places.get(id)
  if (known) return known
  const loading = readPlace(id)
  places.set(id, loading)
  // A failure must not stick: the places may be built in the meantime.
  loading.catch(() => places.delete(id))
  return loading
}

async function readPlace(id: PlaceId): Promise<Panorama> {
  const bytes = await readFile(resourcePath('places', `${id}.hdr`)).catch((cause: unknown) => {
    throw new StudioError('place-missing', say('error-place-gone', { place: id }), { cause })
  })
  try {
    return createPanorama(parseRadiance(bytes))
  } catch (cause) {
    throw new StudioError('place-damaged', say('error-place-closed', { place: id }), { cause })
  }
}
