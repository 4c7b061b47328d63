import type { Size } from '../../domain/geometry.ts'
import { colourSpaceOf } from './photo-header.ts'
import { openPhoto } from './photo-source.ts'

export interface FileFacts {
  /** Of the upright photo. */
  readonly size: Size
  readonly mediaType: string
  readonly bitsPerChannel: number
  /** Description of the embedded ICC profile, or the space assumed where there is none. */
  readonly colourSpace: string
  /** EXIF orientation, 1..8, already applied to `size`. */
  readonly orientation: number
  /** Said to the photographer. */
  readonly notes: readonly string[]
}

/**
 * What a photo file is, from its header alone.
 *
 * @throws StudioError `file-missing`, `file-unreadable`, `file-empty`, `file-unsupported`, `image-damaged`,
 * `image-too-large`, `image-too-small`
 */
export async function inspectFile(path: string): Promise<FileFacts> {
  const { mediaType, header, orientation, upright, notes } = await openPhoto(path)
  return {
    size: upright,
    mediaType,
    bitsPerChannel: header.bitsPerChannel,
    colourSpace: colourSpaceOf(header),
    orientation,
    notes
  }
}
