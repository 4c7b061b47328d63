import type { Point, Size } from '../../domain/geometry.ts'
import { DETECTOR_SIDE, type RawDetection } from './detection-decoding.ts'

/** One square detector input cut from a level of the image pyramid; `x`, `y` of its corner may lie outside the level. */
export interface DetectionTile {
  readonly x: number
  readonly y: number
}

/** Neighbouring tiles share this many pixels, so a face up to this size lies whole in one of them. */
const OVERLAP = 64

function starts(length: number): number[] {
  if (length <= DETECTOR_SIDE) return [Math.floor((length - DETECTOR_SIDE) / 2)]
  const count = Math.ceil((length - DETECTOR_SIDE) / (DETECTOR_SIDE - OVERLAP)) + 1
  return Array.from({ length: count }, (_, index) =>
    Math.round((index * (length - DETECTOR_SIDE)) / Math.max(1, count - 1))
  )
}

/** Tiles that cover a level; a level smaller than the input is centred in one (letterbox). */
export function detectionTiles(level: Size): DetectionTile[] {
  return starts(level.height).flatMap((y) => starts(level.width).map((x) => ({ x, y })))
}

const EDGE_TOLERANCE = 2

/** True when the face runs over an edge of the tile beyond which the picture goes on: a neighbour sees it whole. */
export function isCutByTile(detection: RawDetection, tile: DetectionTile, level: Size): boolean {
  const { x, y, width, height } = detection.box
  const beyond = DETECTOR_SIDE + EDGE_TOLERANCE
  return (
    (tile.x > 0 && x < -EDGE_TOLERANCE) ||
    (tile.y > 0 && y < -EDGE_TOLERANCE) ||
    (tile.x + DETECTOR_SIDE < level.width && x + width > beyond) ||
    (tile.y + DETECTOR_SIDE < level.height && y + height > beyond)
  )
}

/** A detection in the coordinates of the picture, of which the level is `scale` (level pixels per picture pixel). */
export function toPicture(detection: RawDetection, tile: DetectionTile, scale: Point): RawDetection {
  const { box, keypoints, confidence } = detection
  const place = (point: Point) => ({ x: (point.x + tile.x) / scale.x, y: (point.y + tile.y) / scale.y })
  return {
    box: { ...place(box), width: box.width / scale.x, height: box.height / scale.y },
    keypoints: keypoints.map(place),
    confidence
  }
}
