import { type DecodedPhoto, decodePhoto } from '../pixels/decode.ts'
import { fileKey } from '../pixels/file-key.ts'
import { RecentlyUsed } from '../runtime/recently-used.ts'
import { analyseFaces } from './analyse.ts'
import type { AnalysedFace } from './face.ts'

/** A photo and the people in it, as looking at it, making a portrait of it and comparing with it all need them. */
export interface PhotoFaces {
  /** Changes with the file. */
  readonly key: string
  readonly photo: DecodedPhoto
  /** Coordinates are pixels of `photo.raster`. */
  readonly faces: readonly AnalysedFace[]
}

/** Long edge at which photos are looked at, px; finer detail would not change which faces are found. */
export const OVERVIEW_LONG_EDGE = 1600
/** Photos of neighbouring jobs; one takes up to 30 MB. */
const KEPT = 3

const opened = new RecentlyUsed<PhotoFaces>(KEPT)

/**
 * Decoded and searched once per process as long as the file stays the same.
 * @param onDecoded is told before faces are looked for
 * @throws StudioError of `decodePhoto`, `model-missing`, `model-damaged`
 */
export async function openPhotoFaces(path: string, signal: AbortSignal, onDecoded = () => {}): Promise<PhotoFaces> {
  const key = await fileKey(path)
  return opened.open(key, () => read(path, key, signal, onDecoded))
}

async function read(path: string, key: string, signal: AbortSignal, onDecoded: () => void): Promise<PhotoFaces> {
  const photo = await decodePhoto(path, { maxLongEdge: OVERVIEW_LONG_EDGE, signal })
  signal.throwIfAborted()
  onDecoded()
  return { key, photo, faces: await analyseFaces(photo.raster) }
}
