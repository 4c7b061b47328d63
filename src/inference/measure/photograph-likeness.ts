import { discBlur } from '../backdrop/disc-blur.ts'
import { backdropGain } from '../backdrop/exposure.ts'
import { developFilm } from '../backdrop/film-curve.ts'
import { nominalWidth } from '../backdrop/frame.ts'
import { pressHighlights } from '../backdrop/highlights.ts'
import { extendEdges } from '../backdrop/own-background.ts'
import { type Photograph, VISIBLE_SHARE } from '../backdrop/photograph.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { type BackgroundGrid, labOf } from './background-grid.ts'
import { correlation } from './correlation.ts'

/** Defocus the photograph is compared at, as a fraction of the width: the engine's default. */
const DEFOCUS = 0.022
/** Luminance of the skin a scene is developed for; correlation does not change with exposure. */
const SKIN = 0.28

/**
 * How much the backdrop of a picture looks like a photograph: the highest correlation of L*, a* and b*, −1..1, over
 * every part of the photograph that may stand behind the person. Null where either is too even to be recognised.
 */
export function likenessToPhotograph(grid: BackgroundGrid, photograph: Photograph): number | null {
  const laid = layOut(photograph, grid)
  const lab = labOf(laid)
  const window = new Float32Array(grid.width * grid.height * 3)
  let most: number | null = null
  for (let top = 0; top <= laid.height - grid.height; top++) {
    for (let left = 0; left <= laid.width - grid.width; left++) {
      for (let y = 0; y < grid.height; y++) {
        const from = 3 * ((top + y) * laid.width + left)
        window.set(lab.subarray(from, from + 3 * grid.width), 3 * y * grid.width)
      }
      const likeness = correlation(grid.lab, window, grid.cells)
      if (likeness !== null) most = Math.max(most ?? -1, likeness)
    }
  }
  return most
}

/** The whole photograph out of focus, in cells of the grid. */
function layOut({ light, isScene }: Photograph, grid: BackgroundGrid): Raster {
  const step = VISIBLE_SHARE * Math.min(light.width / grid.width, light.height / grid.height)
  const [width, height] = [Math.round(light.width / step), Math.round(light.height / step)]
  const small = resize(light, Math.max(grid.width, width), Math.max(grid.height, height), 'area')
  const radius = DEFOCUS * nominalWidth(grid)
  const margin = Math.ceil(radius) + 1
  const blurred = discBlur(extendEdges(small, margin), margin, () => radius)
  if (isScene) developFilm(blurred, backdropGain(blurred, SKIN, 0))
  else pressHighlights(blurred, 1)
  return blurred
}
