import type { Size } from '../../domain/geometry.ts'
import { identifyFile } from './file-kind.ts'
import { openProfile } from './icc.ts'
import { notesOf, readHeader } from './photo-header.ts'

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
  const file = await identifyFile(path)
  const header = await readHeader(path)
  const profile = header.icc && (await openProfile(header.icc))
  profile?.close()
  return {
    size: header.upright,
    mediaType: file.mediaType,
    bitsPerChannel: header.bitsPerChannel,
    colourSpace: profile?.description ?? 'assumed sRGB',
    orientation: header.orientation,
    notes: notesOf(header, file)
  }
}
