import type { Media } from '../../../contract/studio/media.ts'
import type { Size } from '../../../domain/geometry.ts'
import type { ArtifactId, Reference } from '../../../domain/job.ts'

/** A picture as the stage takes it: its size is that of the picture, whatever the file that shows it. */
export interface StagePicture {
  readonly artifact: ArtifactId
  readonly media: Media
  readonly size: Size
}

/** What Chromium decodes with its colours and orientation kept; of anything else the engine's own copy is shown. */
const SHOWN_AS_THEY_ARE: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif'])
/** Larger photos cost more memory than a window shows: 60 megapixels are 240 MB decoded. */
const MOST_PIXELS = 60e6

/** The file itself where it can be shown, so that it is resampled once and by the screen only. */
export function stagePicture(picture: { artifact: ArtifactId; mediaType: string; size: Size }): StagePicture {
  const { artifact, mediaType, size } = picture
  const asItIs = SHOWN_AS_THEY_ARE.has(mediaType) && size.width * size.height <= MOST_PIXELS
  return {
    artifact,
    size,
    media: asItIs ? { kind: 'artifact', id: artifact } : { kind: 'thumbnail', id: artifact, edge: 2560 }
  }
}

/** A reference photo; null until it has been looked at. */
export function stageReference(reference: Pick<Reference, 'artifact' | 'inspection'> | undefined): StagePicture | null {
  if (!reference?.inspection) return null
  const { width, height, mediaType } = reference.inspection
  return stagePicture({ artifact: reference.artifact, mediaType, size: { width, height } })
}
