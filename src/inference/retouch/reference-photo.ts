import { stat } from 'node:fs/promises'
import type { LocalReference } from '../../domain/engine.ts'
import { toStudioError } from '../../domain/errors.ts'
import { analyseFaces } from '../faces/analyse.ts'
import { chooseFace } from '../faces/choose.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { type Grain, measureGrain } from '../grade/grain.ts'
import { type PersonView, viewPerson } from '../people/matte.ts'
import { REC2020_TO_SRGB } from '../pixels/colour.ts'
import { type DecodedPhoto, decodePhoto } from '../pixels/decode.ts'
import { isMonochrome } from '../pixels/monochrome.ts'
import type { Raster } from '../pixels/raster.ts'

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
  /** Some of its colours lie outside sRGB. */
  readonly isWideGamut: boolean
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
    isWideGamut: exceedsSrgb(photo.raster),
    isMonochrome: isMonochrome(photo.raster),
    grain: measureGrain(photo.raster)
  }
}

/** Share of the pixels, and how far outside, that make a picture worth a wider profile. */
const WIDE_SHARE = 0.002
const WIDE_BY = -0.01

function exceedsSrgb({ data }: Raster): boolean {
  const [a, b, c, d, e, f, g, h, i] = REC2020_TO_SRGB
  let outside = 0
  for (let at = 0; at < data.length; at += 3) {
    const x = data[at] ?? 0
    const y = data[at + 1] ?? 0
    const z = data[at + 2] ?? 0
    const least = Math.min(a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)
    if (least < WIDE_BY) outside++
  }
  return outside > (WIDE_SHARE * data.length) / 3
}
