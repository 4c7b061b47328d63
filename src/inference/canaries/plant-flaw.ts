import type { Size } from '../../domain/geometry.ts'
import type { PlantRequest } from '../../domain/judging/planted-flaw.ts'
import type { CallContext } from '../../domain/progress.ts'
import { chooseFace } from '../faces/choose.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { openPhotoFaces } from '../faces/photo-faces.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { encodePicture } from '../pixels/encode.ts'
import type { Raster } from '../pixels/raster.ts'
import { pullGrimace } from './grimace.ts'
import { pastePatch, smear } from './local-damage.ts'
import { recolourClothes } from './other-clothes.ts'
import { castColour, flattenLight, lightFromSide } from './other-light.ts'
import { twistFace } from './twisted-face.ts'

/** Standard deviation of the blur in widths of the face: a face is still found, no lash and no lip has an edge left. */
const BLUR = 0.025

/**
 * Writes a portrait spoilt in one way and in no other.
 * @throws StudioError as `openPhotoFaces`, `chooseFace`, `recolourClothes` and `encodePicture`
 */
export async function plantFlaw(request: PlantRequest, { signal }: CallContext): Promise<Size> {
  const { path, flaw, outputPath } = request
  const { photo, faces } = await openPhotoFaces(path, signal)
  const face = chooseFace(faces, null, photo.scale)
  signal.throwIfAborted()
  const spoilt = await spoil(photo.raster, face, flaw)
  await encodePicture(spoilt, outputPath, { format: 'png', bitsPerChannel: 8, profile: 'srgb', signal })
  return { width: spoilt.width, height: spoilt.height }
}

async function spoil(picture: Raster, face: AnalysedFace, flaw: PlantRequest['flaw']): Promise<Raster> {
  switch (flaw) {
    case 'out-of-focus':
      return gaussianBlur(picture, BLUR * face.box.width)
    case 'smear':
      return smear(picture, face)
    case 'pasted-patch':
      return pastePatch(picture, face)
    case 'twisted-face':
      return twistFace(picture, face)
    case 'grimace':
      return pullGrimace(picture, face)
    case 'other-clothes':
      return await recolourClothes(picture)
    case 'side-light':
      return await lightFromSide(picture, face)
    case 'flat-light':
      return flattenLight(picture, face)
    case 'warm-cast':
      return castColour(picture, 'warm')
    case 'cool-cast':
      return castColour(picture, 'cool')
  }
}
