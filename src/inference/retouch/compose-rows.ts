import type { Size } from '../../domain/geometry.ts'
import { unmix } from '../people/foreground.ts'
import { renderMatteRows } from '../people/matte-field.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resizeRows } from '../pixels/resample.ts'
import type { Composition } from './composition.ts'
import { personToneFactor } from './tone.ts'

/** In linear light a tenth of a bright wall already shows as a rim on dark hair: what is left follows the eye instead. */
const SPILL_POWER = 2.2

/**
 * Some rows of the portrait, linear light. Every pixel depends on its own place only, so any rows of any size fit
 * together.
 *
 * @param person the person's pixels of these rows
 * @param size of the whole picture; `top` is the first row
 */
export function composeRows(composition: Composition, person: Raster, size: Size, top: number): Raster {
  const { settings } = composition
  const layer = (raster: Raster) => resizeRows(raster, size, top, person.height, 'bilinear').data
  const alpha = renderMatteRows(composition.matte, person, size, top).data
  const own = layer(composition.colours.person)
  const old = layer(composition.colours.background)
  const gain = layer(composition.gain)
  const wrapAmount = layer(composition.wrap.amount)
  const wrapLight = layer(composition.wrap.light)
  const backdrop = resizeRows(composition.backdrop, size, top, person.height, 'cubic').data
  const fade = composition.fade && layer(composition.fade)
  const spill = (1 - settings['matte.decontamination']) ** SPILL_POWER
  const tone = personToneFactor(settings)
  const out = createRaster(person.width, person.height, 3)
  const front = new Float64Array(3)
  for (let pixel = 0, at = 0; pixel < alpha.length; pixel++, at += 3) {
    const matte = alpha[pixel] ?? 0
    const share = fade ? matte * (fade[pixel] ?? 0) : matte
    if (share === 0) {
      for (let c = at; c < at + 3; c++) out.data[c] = backdrop[c] ?? 0
      continue
    }
    for (let c = 0; c < 3; c++) {
      const seen = person.data[at + c] ?? 0
      const clean = matte === 1 ? seen : unmix(seen, matte, own[at + c] ?? 0, old[at + c] ?? 0)
      front[c] = (clean + (seen - clean) * spill) * (gain[at + c] ?? 1)
    }
    const kept = tone(luminance(front[0] ?? 0, front[1] ?? 0, front[2] ?? 0)) * (1 - (wrapAmount[pixel] ?? 0))
    for (let c = 0; c < 3; c++) {
      const shown = (front[c] ?? 0) * kept + (wrapLight[at + c] ?? 0)
      out.data[at + c] = shown * share + (backdrop[at + c] ?? 0) * (1 - share)
    }
  }
  return out
}
