import type { Size } from '../../domain/geometry.ts'
import { unmix } from '../people/foreground.ts'
import { renderMatteRows } from '../people/matte-field.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resizeRows } from '../pixels/resample.ts'
import type { Composition } from './composition.ts'

/**
 * Some rows of the portrait, linear light.
 * @param person the person's pixels of these rows
 * @param size of the whole picture; `top` is the first row
 */
export function composeRows(composition: Composition, person: Raster, size: Size, top: number): Raster {
  const layer = (raster: Raster) => resizeRows(raster, size, top, person.height, 'bilinear').data
  const alpha = renderMatteRows(composition.matte, person, size, top).data
  const own = layer(composition.colours.person)
  const old = layer(composition.colours.background)
  const gain = layer(composition.gain)
  const backdrop = resizeRows(composition.backdrop, size, top, person.height, 'cubic').data
  const fade = composition.fade === null ? null : layer(composition.fade)
  const cleaning = composition.settings['matte.decontamination']
  const out = createRaster(person.width, person.height, 3)
  for (let pixel = 0, at = 0; pixel < alpha.length; pixel++) {
    const matte = alpha[pixel] ?? 0
    const share = fade === null ? matte : matte * (fade[pixel] ?? 0)
    for (let c = 0; c < 3; c++, at++) {
      const behind = backdrop[at] ?? 0
      if (share === 0) {
        out.data[at] = behind
        continue
      }
      const seen = person.data[at] ?? 0
      const clean = matte === 1 ? seen : unmix(seen, matte, own[at] ?? 0, old[at] ?? 0)
      const front = (seen + (clean - seen) * cleaning) * (gain[at] ?? 1)
      out.data[at] = front * share + behind * (1 - share)
    }
  }
  return out
}
