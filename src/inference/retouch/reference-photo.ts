import type { LocalReference } from '../../domain/engine.ts'
import { chooseFace } from '../faces/choose.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { openPhotoFaces } from '../faces/photo-faces.ts'
import { type Grain, measureGrain } from '../grade/grain.ts'
import { type PersonView, viewPerson } from '../people/matte.ts'
import type { DecodedPhoto } from '../pixels/decode.ts'
import { fileKey } from '../pixels/file-key.ts'
import { isMonochrome } from '../pixels/monochrome.ts'
import { RecentlyUsed } from '../runtime/recently-used.ts'

/** A reference photo as attempts share it: decoded, its people found, the one it is about seen. */
export interface ReferencePhoto {
  readonly path: string
  /** Changes with the file. */
  readonly key: string
  readonly photo: DecodedPhoto
  /** Coordinates are pixels of `photo.raster`. */
  readonly face: AnalysedFace
  readonly faces: readonly AnalysedFace[]
  readonly view: PersonView
  /** It is black and white. */
  readonly isMonochrome: boolean
  /** Noise of the whole photo, in pixels of `photo.raster`. */
  readonly grain: Grain
}

/** Attempts of one job, and of the next while its neighbour is judged. */
const KEPT = 3

const opened = new RecentlyUsed<ReferencePhoto>(KEPT)

/**
 * @throws StudioError of the file, `face-none`, `face-several`, `face-too-small`, `face-choice-invalid`, `model-missing`
 */
export async function openReference(reference: LocalReference, signal: AbortSignal): Promise<ReferencePhoto> {
  const key = [await fileKey(reference.path), reference.face].join('\n')
  return opened.open(key, () => readReference(reference, key, signal))
}

async function readReference({ path, face: choice }: LocalReference, key: string, signal: AbortSignal) {
  const { photo, faces } = await openPhotoFaces(path, signal)
  signal.throwIfAborted()
  const face = chooseFace(faces, choice, photo.scale)
  const view = await viewPerson(photo.raster, face, faces)
  return {
    path,
    key,
    photo,
    face,
    faces,
    view,
    isMonochrome: isMonochrome(photo.raster),
    grain: measureGrain(photo.raster)
  }
}
