import { THUMBNAIL_EDGES, type ThumbnailEdge } from '../../../contract/studio/media.ts'

/** The smallest thumbnail that fills so many CSS pixels without being enlarged. */
export function thumbnailEdge(cssPixels: number, ratio: number): ThumbnailEdge {
  return THUMBNAIL_EDGES.find((edge) => edge >= cssPixels * ratio) ?? 2560
}
