import { z } from 'zod'
import type { PlaceId } from '../../src/domain/parameters/background.ts'
import { applyMatrix, SRGB_TO_REC2020 } from '../../src/inference/pixels/colour.ts'
import { sha256 } from '../files/sha256.ts'
import { encodeRadiance } from './encode-radiance.ts'
import { mendRinging } from './mend-ringing.ts'
import { SOURCE_PACKAGE, SOURCE_VERSION, SOURCES } from './panorama-sources.ts'
import { readExr } from './read-exr.ts'

/** The OpenEXR bytes of a panorama out of the installed package; refused unless they are the ones known. */
export async function readSource(id: PlaceId): Promise<Uint8Array> {
  const module = z.object({ default: z.string() }).parse(await import(`${SOURCE_PACKAGE}/hdri/${id}.exr.js`))
  const bytes = Buffer.from(module.default.slice(module.default.indexOf(',') + 1), 'base64')
  if (sha256(bytes) !== SOURCES[id]) {
    throw new Error(
      `The panorama "${id}" of ${SOURCE_PACKAGE} is not the one of version ${SOURCE_VERSION}: run npm ci.`
    )
  }
  return bytes
}

/** OpenEXR in linear sRGB to a Radiance file in linear Rec. 2020, mended. */
export function convertPanorama(exr: Uint8Array): Buffer {
  const raster = mendRinging(readExr(exr))
  applyMatrix(raster.data, SRGB_TO_REC2020)
  return encodeRadiance(raster)
}
