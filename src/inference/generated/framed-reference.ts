import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import type { FrameReferenceRequest } from '../../domain/engine.ts'
import { toStudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import { chooseFace } from '../faces/choose.ts'
import { openPhotoFaces } from '../faces/photo-faces.ts'
import { warpAffine } from '../pixels/affine.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { encodePicture } from '../pixels/encode.ts'
import { closePart, framedPart } from './reference-framing.ts'

const QUALITY = 95

/**
 * Writes a part of a reference at exactly a size: what a purpose's frame shows of the person, or a close view of the
 * face. What lies beyond the photo repeats its edge.
 *
 * @throws StudioError of `decodePhoto`, `face-none`, `face-several`, `face-too-small`, `face-choice-invalid`, `model-missing`
 */
export async function frameReference(request: FrameReferenceRequest, { signal }: CallContext): Promise<Size> {
  try {
    const { reference, shows, size, outputPath } = request
    const { photo, faces } = await openPhotoFaces(reference.path, signal)
    const face = chooseFace(faces, reference.face, photo.scale)
    const part = shows === 'face' ? closePart(face) : framedPart(face, DELIVERY_PROFILES[request.purpose], size)
    // As many of the photo's own pixels as the part is wanted in, and no more.
    const overview = Math.max(photo.raster.width, photo.raster.height)
    const wanted = Math.max(overview, Math.round((overview * size.height) / part.height))
    const { raster } = await decodePhoto(reference.path, { maxLongEdge: wanted, signal })
    const zoom = raster.width / photo.raster.width
    const [across, down] = [(part.width * zoom) / size.width, (part.height * zoom) / size.height]
    const shown = warpAffine(raster, [across, 0, part.x * zoom, 0, down, part.y * zoom], size.width, size.height, {
      kernel: 'cubic'
    })
    const options = { format: 'jpeg', bitsPerChannel: 8, profile: 'srgb', quality: QUALITY, signal } as const
    await encodePicture(shown, outputPath, options)
    return size
  } catch (thrown) {
    throw toStudioError(thrown)
  }
}
