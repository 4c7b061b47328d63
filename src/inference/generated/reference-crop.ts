import type { CropReferenceRequest } from '../../domain/engine.ts'
import { toStudioError } from '../../domain/errors.ts'
import type { Box, Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import { chooseFace } from '../faces/choose.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { openPhotoFaces } from '../faces/photo-faces.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { encodePicture } from '../pixels/encode.ts'
import { crop, resize } from '../pixels/resample.ts'

/** What is shown of a person among others, in widths of the face's box from its middle: hair above, the chest below. */
const AROUND = { aside: 1.8, above: 1.8, below: 3.6 }
/** A neighbour whose face lies within this many heights of the face's box beside it stands beside the person. */
const BESIDE = 1.5
const QUALITY = 95

/**
 * Writes what a generator is shown of a reference: the photo itself, or where it shows several people, the part with the
 * chosen one, cut half way to the neighbours' faces. Upright sRGB JPEG, never enlarged; resolves to its size.
 *
 * @throws StudioError of `decodePhoto`, `face-none`, `face-several`, `face-too-small`, `face-choice-invalid`, `model-missing`
 */
export async function cropReference(request: CropReferenceRequest, { signal }: CallContext): Promise<Size> {
  try {
    const { reference, longEdge, outputPath } = request
    const { photo, faces } = await openPhotoFaces(reference.path, signal)
    const part =
      faces.length > 1
        ? partOf(chooseFace(faces, reference.face, photo.scale), faces, photo.raster)
        : whole(photo.raster)
    const scale = Math.min(1, (longEdge * photo.scale) / Math.max(part.width, part.height))
    // The overview is small; the part is taken from as many of the photo's own pixels as are wanted.
    const wanted = Math.max(photo.original.width, photo.original.height) * scale
    const { raster } = await decodePhoto(reference.path, { maxLongEdge: Math.max(1, Math.round(wanted)), signal })
    const zoom = raster.width / photo.raster.width
    const box = pixelsOf(part, zoom, raster)
    const shown = crop(raster, box)
    const fit = Math.min(1, longEdge / Math.max(box.width, box.height))
    const size = { width: edge(box.width * fit), height: edge(box.height * fit) }
    const picture = resize(shown, size.width, size.height)
    await encodePicture(picture, outputPath, {
      format: 'jpeg',
      bitsPerChannel: 8,
      profile: 'srgb',
      quality: QUALITY,
      signal
    })
    return size
  } catch (thrown) {
    throw toStudioError(thrown)
  }
}

const edge = (pixels: number) => Math.max(1, Math.round(pixels))
const whole = ({ width, height }: Size): Box => ({ x: 0, y: 0, width, height })

/** @returns pixels of the overview */
function partOf(face: AnalysedFace, faces: readonly AnalysedFace[], { width, height }: Size): Box {
  const { box } = face
  const middle = middleOf(box)
  const sides = {
    left: Math.max(0, middle.x - AROUND.aside * box.width),
    right: Math.min(width, middle.x + AROUND.aside * box.width),
    top: Math.max(0, middle.y - AROUND.above * box.width),
    bottom: Math.min(height, middle.y + AROUND.below * box.width)
  }
  for (const { box: theirs, index } of faces) {
    const theirMiddle = middleOf(theirs)
    if (index === face.index) continue
    // Half way between the two faces, whichever side they are on.
    if (Math.abs(theirMiddle.y - middle.y) < BESIDE * box.height) {
      if (theirMiddle.x < middle.x) sides.left = Math.max(sides.left, (theirs.x + theirs.width + box.x) / 2)
      else sides.right = Math.min(sides.right, (box.x + box.width + theirs.x) / 2)
    } else if (theirs.x < sides.right && theirs.x + theirs.width > sides.left) {
      if (theirMiddle.y < middle.y) sides.top = Math.max(sides.top, (theirs.y + theirs.height + box.y) / 2)
      else sides.bottom = Math.min(sides.bottom, (box.y + box.height + theirs.y) / 2)
    }
  }
  // Faces that overlap cut nothing off the person's own.
  const [x, y] = [Math.min(sides.left, box.x), Math.min(sides.top, box.y)]
  return {
    x,
    y,
    width: Math.max(sides.right, box.x + box.width) - x,
    height: Math.max(sides.bottom, box.y + box.height) - y
  }
}

const middleOf = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })

function pixelsOf(part: Box, zoom: number, picture: Size): Box {
  const x = Math.min(picture.width - 1, Math.max(0, Math.round(part.x * zoom)))
  const y = Math.min(picture.height - 1, Math.max(0, Math.round(part.y * zoom)))
  return {
    x,
    y,
    width: Math.min(picture.width - x, edge(part.width * zoom)),
    height: Math.min(picture.height - y, edge(part.height * zoom))
  }
}
