import { blurEffect } from './blur-effect.ts'
import { type FacePatch, PATCH_WIDTH } from './face-patch.ts'

/** The part of the patch from the brows to the chin, free of background: columns and rows, px. */
const INNER = { left: 32, right: 192, top: 48, bottom: 208 } as const

/**
 * Sharpness of the inner face at 90 px between the eyes: 1 − the perceptual blur metric of its lightness; 0 (blurred away)
 * .. 1. One scale for every face makes pictures of different sizes comparable.
 */
export function faceSharpness(patch: FacePatch): number {
  const width = INNER.right - INNER.left
  const height = INNER.bottom - INNER.top
  const data = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const from = (y + INNER.top) * PATCH_WIDTH + INNER.left
    data.set(patch.lightness.subarray(from, from + width), y * width)
  }
  return 1 - blurEffect({ width, height, data })
}
