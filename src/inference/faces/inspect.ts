import type { PhotoInspection } from '../../domain/photo.ts'
import type { CallContext } from '../../domain/progress.ts'
import { summariseFace } from './face-summary.ts'
import { openPhotoFaces } from './photo-faces.ts'

/** Decoding a 150-megapixel photo on a slow machine. */
const DECODE_WITHIN_MS = 60_000
const FACES_WITHIN_MS = 30_000

/** What a photo is and who is in it. @throws StudioError with the code of what is wrong with the file. */
export async function inspectPhoto(path: string, { signal, onProgress }: CallContext): Promise<PhotoInspection> {
  signal.throwIfAborted()
  onProgress({ activity: 'Reading the photo', done: 0, total: 2, withinMs: DECODE_WITHIN_MS })
  const { photo, faces } = await openPhotoFaces(path, signal, () =>
    onProgress({ activity: 'Looking for faces', done: 1, total: 2, withinMs: FACES_WITHIN_MS })
  )
  return {
    width: photo.original.width,
    height: photo.original.height,
    mediaType: photo.mediaType,
    bitsPerChannel: photo.bitsPerChannel,
    colourSpace: photo.colourSpace,
    faces: faces.map((face) => summariseFace(face, photo.scale)),
    notes: [...photo.notes]
  }
}
