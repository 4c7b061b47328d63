import { describe, expect, it } from 'vitest'
import { decodeDetections } from './detection-decoding.ts'

const ANCHORS = 48 * 48

describe('decodeDetections', () => {
  it('adds the middle of its cell to what an anchor says', () => {
    const boxes = new Float32Array(ANCHORS * 16)
    const scores = new Float32Array(ANCHORS).fill(-20)
    const anchor = 3 * 48 + 5
    // Centre 1 right and 2 below the anchor, 20×30, first keypoint 4 left and 5 above it.
    boxes.set([1, 2, 20, 30, -4, -5], anchor * 16)
    scores[anchor] = Math.log(9)
    const [face, ...others] = decodeDetections(boxes, scores, 0.5)
    expect(others).toEqual([])
    expect(face?.box).toEqual({ x: 22 + 1 - 10, y: 14 + 2 - 15, width: 20, height: 30 })
    expect(face?.keypoints[0]).toEqual({ x: 18, y: 9 })
    expect(face?.keypoints).toHaveLength(6)
    expect(face?.confidence).toBeCloseTo(0.9, 6)
  })

  it('leaves out what is below the threshold or has no size', () => {
    const boxes = new Float32Array(ANCHORS * 16)
    const scores = new Float32Array(ANCHORS).fill(-20)
    scores[0] = -0.1
    boxes.set([0, 0, 10, 10], 0)
    scores[1] = 5
    expect(decodeDetections(boxes, scores, 0.5)).toEqual([])
  })
})
