import { MODEL_AREA, wholeTokens } from '../../../domain/flux-size.ts'
import type { Size } from '../../../domain/geometry.ts'

/** How a photo is brought to what a model looks at: resampled to `scaled`, of which the middle `size` is taken. */
export interface ReferenceFit {
  readonly scaled: Size
  readonly size: Size
}

/**
 * FLUX.2 klein: at most a megapixel, of which the middle is taken in whole tokens; nothing smaller is resampled. As
 * `Flux2KleinPipeline` of diffusers, whose `Flux2ImageProcessor` only crops in its `resize_mode="crop"`.
 */
export function kleinReferenceFit(photo: Size): ReferenceFit {
  const area = photo.width * photo.height
  const shrink = area > MODEL_AREA ? Math.sqrt(MODEL_AREA / area) : 1
  const size = (pixels: number) => wholeTokens(Math.trunc(pixels * shrink))
  const cropped = { width: size(photo.width), height: size(photo.height) }
  // A photo without a whole token along one side is enlarged to one; the original refuses it.
  const scaled = (pixels: number, least: number) => Math.max(least, Math.trunc(pixels * shrink))
  return {
    scaled: { width: scaled(photo.width, cropped.width), height: scaled(photo.height, cropped.height) },
    size: cropped
  }
}

/** `PREFERRED_KONTEXT_RESOLUTIONS` of diffusers, width then height: the sizes Kontext was trained with. */
const KONTEXT_SIZES = [
  [672, 1568],
  [688, 1504],
  [720, 1456],
  [752, 1392],
  [800, 1328],
  [832, 1248],
  [880, 1184],
  [944, 1104],
  [1024, 1024],
  [1104, 944],
  [1184, 880],
  [1248, 832],
  [1328, 800],
  [1392, 752],
  [1456, 720],
  [1504, 688],
  [1568, 672]
] as const

/** FLUX.1 Kontext: the preferred size of the nearest aspect ratio, to which the photo is stretched. */
export function kontextReferenceFit(photo: Size): ReferenceFit {
  const aspect = wholeTokens(photo.width) / wholeTokens(photo.height)
  const missed = ([width, height]: readonly [number, number]) => Math.abs(aspect - width / height)
  const [width, height] = KONTEXT_SIZES.reduce((best, each) => (missed(each) < missed(best) ? each : best))
  const size = { width, height }
  return { scaled: size, size }
}
