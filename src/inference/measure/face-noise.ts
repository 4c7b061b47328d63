import { type FacePatch, PATCH_HEIGHT, PATCH_WIDTH } from './face-patch.ts'
import { quantile } from './quantile.ts'

/** Edge of the blocks, px of the patch: folds and features are larger, noise is finer. */
const BLOCK = 6
/** Of all blocks, the share that is calmer than the one that counts: folds, pores and make-up lie in the others. */
const CALM = 0.25
/** Fewer blocks of skin tell of nothing but chance. */
const LEAST_BLOCKS = 12

/**
 * Noise of a face: the standard deviation of L* beyond a plane, in the calmer blocks of its skin, at 90 px between the
 * eyes. A face larger than that was averaged, as whoever looks at the whole picture averages it. 0 where too little skin
 * shows.
 */
export function faceNoise({ lightness, skin }: FacePatch): number {
  const deviations: number[] = []
  for (let top = 0; top + BLOCK <= PATCH_HEIGHT; top += BLOCK) {
    for (let left = 0; left + BLOCK <= PATCH_WIDTH; left += BLOCK) {
      const deviation = deviationOf(lightness, skin, left, top)
      if (deviation !== null) deviations.push(deviation)
    }
  }
  return deviations.length < LEAST_BLOCKS ? 0 : quantile(deviations, CALM)
}

/** Σ of the squared distances from a block's middle along one axis, over the whole block. */
const SPREAD = (BLOCK ** 2 * (BLOCK ** 2 - 1)) / 12
const MIDDLE = (BLOCK - 1) / 2

/** Null where the block is not all skin. */
function deviationOf(lightness: Float32Array, skin: Uint8Array, left: number, top: number): number | null {
  let [sum, squares, across, down] = [0, 0, 0, 0]
  for (let y = 0; y < BLOCK; y++) {
    for (let x = 0; x < BLOCK; x++) {
      const at = (top + y) * PATCH_WIDTH + left + x
      if (skin[at] === 0) return null
      const value = lightness[at] ?? 0
      sum += value
      squares += value * value
      across += value * (x - MIDDLE)
      down += value * (y - MIDDLE)
    }
  }
  const count = BLOCK ** 2
  // What the mean and the plane's two slopes explain is no noise; they are orthogonal over the block.
  const rest = squares - sum ** 2 / count - across ** 2 / SPREAD - down ** 2 / SPREAD
  return Math.sqrt(Math.max(0, rest) / (count - 3))
}
