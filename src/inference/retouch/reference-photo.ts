import { stat } from 'node:fs/promises'
import type { LocalReference } from '../../domain/engine.ts'
import { toStudioError } from '../../domain/errors.ts'
import { analyseFaces } from '../faces/analyse.ts'
import { chooseFace } from '../faces/choose.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { type Grain, measureGrain } from '../grade/grain.ts'
import { type PersonView, viewPerson } from '../people/matte.ts'
import { type DecodedPhoto, decodePhoto } from '../pixels/decode.ts'
import { isMonochrome } from '../pixels/monochrome.ts'

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

/** Faces and outlines are found at this size; the picture itself is made from finer pixels where there are any. */
const LONG_EDGE = 1600
/** Attempts of one job, and of the next while its neighbour is judged. */
const KEPT = 3

const opened = new Map<string, Promise<ReferencePhoto>>()

/**
 * @throws StudioError of the file, `face-none`, `face-several`, `face-too-small`, `face-choice-invalid`, `model-missing`
 */
export async function openReference(reference: LocalReference, signal: AbortSignal): Promise<ReferencePhoto> {
  const { mtimeMs, size } = await stat(reference.path).catch((cause: unknown) => {
    throw toStudioError(cause)
  })
  const key = [reference.path, mtimeMs, size, reference.face].join('\n')
  const known = opened.get(key)
  // Taken out and put back, so that the order tells what was used last.
  opened.delete(key)
  const opening = known ?? readReference(reference, key, signal)
  opened.set(key, opening)
  for (const oldest of opened.keys()) if (opened.size > KEPT) opened.delete(oldest)
  opening.catch(() => opened.delete(key))
  return opening
}

async function readReference({ path, face: choice }: LocalReference, key: string, signal: AbortSignal) {
  const photo = await decodePhoto(path, { maxLongEdge: LONG_EDGE, signal })
  signal.throwIfAborted()
  const faces = await analyseFaces(photo.raster)
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
