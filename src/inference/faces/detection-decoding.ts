import type { Box, Point } from '../../domain/geometry.ts'
import { sigmoid } from './sigmoid.ts'

/**
 * Output of MediaPipe's full-range face detector (model card "BlazeFace full range", 2021): one anchor in the middle of
 * each cell of a 48×48 grid over a 192×192 input; per anchor centre, size and six keypoints in input pixels relative to
 * the anchor.
 */
export const DETECTOR_SIDE = 192
const GRID = 48
const CELL = DETECTOR_SIDE / GRID
const VALUES = 16
const KEYPOINTS = 6

/** A face in the coordinates of one detector input, px. */
export interface RawDetection {
  readonly box: Box
  readonly keypoints: readonly Point[]
  readonly confidence: number
}

/** Every anchor at or above `threshold` (a probability), in the order of the grid. */
export function decodeDetections(boxes: Float32Array, scores: Float32Array, threshold: number): RawDetection[] {
  const found: RawDetection[] = []
  for (let anchor = 0; anchor < GRID * GRID; anchor++) {
    const confidence = sigmoid(scores[anchor] ?? Number.NEGATIVE_INFINITY)
    if (confidence < threshold) continue
    const anchorX = ((anchor % GRID) + 0.5) * CELL
    const anchorY = (Math.floor(anchor / GRID) + 0.5) * CELL
    const value = (index: number) => boxes[anchor * VALUES + index] ?? 0
    const width = value(2)
    const height = value(3)
    if (!(width > 0 && height > 0)) continue
    found.push({
      box: { x: anchorX + value(0) - width / 2, y: anchorY + value(1) - height / 2, width, height },
      keypoints: Array.from({ length: KEYPOINTS }, (_, point) => ({
        x: anchorX + value(4 + 2 * point),
        y: anchorY + value(5 + 2 * point)
      })),
      confidence
    })
  }
  return found
}
