import type { Size } from '../../domain/geometry.ts'
import { applyGrade } from '../grade/grade.ts'
import { addGrain } from '../grade/grain.ts'
import { unmix } from '../people/foreground.ts'
import { renderMatteRows } from '../people/matte-field.ts'
import { luminance } from '../pixels/colour.ts'
import { removeColour } from '../pixels/monochrome.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resizeRows } from '../pixels/resample.ts'
import type { Composition } from './composition.ts'
import { calmHalo } from './hair-halo.ts'
import { redEyeGain } from './red-eye.ts'
import { personToneFactor } from './tone.ts'

/** In linear light a tenth of a bright wall already shows as a rim on dark hair: what is left follows the eye instead. */
const SPILL_POWER = 2.2

/** The person's pixels over some rows: as they are, and with their detail raised. */
export interface PersonRows {
  readonly plain: Raster
  readonly sharp: Raster
}

/**
 * Some rows of the portrait, linear light. Every pixel depends on its own place only, so any rows of any size fit
 * together.
 *
 * @param size of the whole picture; `top` is the first row
 */
export function composeRows(composition: Composition, person: PersonRows, size: Size, top: number): Raster {
  const { settings } = composition
  const { width, height } = person.plain
  const layer = (raster: Raster) => resizeRows(raster, size, top, height, 'bilinear')
  const alpha = renderMatteRows(composition.matte, person.plain, size, top)
  const share = composition.fade ? product(alpha, layer(composition.fade)) : alpha
  const backdrop = resizeRows(composition.backdrop, size, top, height, 'cubic')
  const rows = blendRows(composition, person, { alpha, share }, layer, backdrop)
  if (composition.grade) applyGrade(rows, composition.grade, layer(composition.skin))
  if (composition.isMonochrome) removeColour(rows)
  const { sigma, size: grainSize } = composition.grain
  const enlarged = { sigma, size: (grainSize * width) / composition.workingWidth }
  const strength = settings['detail.grainMatch']
  addGrain(rows, enlarged, { seed: composition.seed, left: 0, top, covered: share, strength })
  return rows
}

function product(one: Raster, other: Raster): Raster {
  const both = createRaster(one.width, one.height, 1)
  for (let at = 0; at < both.data.length; at++) both.data[at] = (one.data[at] ?? 0) * (other.data[at] ?? 0)
  return both
}

function blendRows(
  composition: Composition,
  { plain, sharp }: PersonRows,
  { alpha, share }: { readonly alpha: Raster; readonly share: Raster },
  layer: (raster: Raster) => Raster,
  backdrop: Raster
): Raster {
  const { settings } = composition
  const own = layer(composition.colours.person).data
  const old = layer(composition.colours.background).data
  const gain = layer(composition.gain).data
  const wrapAmount = layer(composition.wrap.amount).data
  const wrapLight = layer(composition.wrap.light).data
  const { redEyes, halo } = composition
  const hair = halo && layer(halo.hair).data
  const rims = halo && layer(halo.rim).data
  const eyes = redEyes && layer(redEyes.eyes).data
  const spill = (1 - settings['matte.decontamination']) ** SPILL_POWER
  const tone = personToneFactor(settings)
  const out = createRaster(plain.width, plain.height, 3)
  const front = new Float64Array(3)
  for (let pixel = 0, at = 0; pixel < alpha.data.length; pixel++, at += 3) {
    const matte = alpha.data[pixel] ?? 0
    const covered = share.data[pixel] ?? 0
    if (covered === 0) {
      for (let c = at; c < at + 3; c++) out.data[c] = backdrop.data[c] ?? 0
      continue
    }
    for (let c = 0; c < 3; c++) {
      const seen = plain.data[at + c] ?? 0
      const clean = matte === 1 ? seen : unmix(seen, matte, own[at + c] ?? 0, old[at + c] ?? 0)
      // At the edge raised detail would be the step to the old background.
      const detail = ((sharp.data[at + c] ?? 0) - seen) * matte * matte
      front[c] = Math.max(0, clean + (seen - clean) * spill + detail)
    }
    const rim = rims?.[pixel] ?? 0
    if (hair && rim > 0) calmHalo(front, hair, old, at, rim)
    for (let c = 0; c < 3; c++) front[c] = (front[c] ?? 0) * (gain[at + c] ?? 1)
    const eye = eyes?.[pixel] ?? 0
    if (redEyes && eye > 0) {
      const dimmed = redEyeGain(plain.data[at] ?? 0, plain.data[at + 1] ?? 0, plain.data[at + 2] ?? 0, redEyes.skin)
      front[0] = (front[0] ?? 0) * (1 + (dimmed - 1) * eye)
    }
    const kept = tone(luminance(front[0] ?? 0, front[1] ?? 0, front[2] ?? 0)) * (1 - (wrapAmount[pixel] ?? 0))
    for (let c = 0; c < 3; c++) {
      const shown = (front[c] ?? 0) * kept + (wrapLight[at + c] ?? 0)
      out.data[at + c] = shown * covered + (backdrop.data[at + c] ?? 0) * (1 - covered)
    }
  }
  return out
}
