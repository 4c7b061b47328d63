import type { Size } from '../../domain/geometry.ts'
import { applyGrade } from '../grade/grade.ts'
import { addGrain } from '../grade/grain.ts'
import { unmix } from '../people/foreground.ts'
import { MatteRows } from '../people/matte-field.ts'
import { luminance } from '../pixels/colour.ts'
import { EnlargedRows } from '../pixels/enlarged-rows.ts'
import { removeColour } from '../pixels/monochrome.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resizeRows } from '../pixels/resample.ts'
import type { Composition } from './composition.ts'
import { calmHalo } from './hair-halo.ts'
import { redEyeGain } from './red-eye.ts'
import { personToneFactor } from './tone.ts'

/** In linear light a tenth of a bright wall already shows as a rim on dark hair: what is left follows the eye instead. */
const SPILL_POWER = 2.2

/** The person's pixels over some rows and columns: as they are, and with their detail raised. */
export interface PersonRows {
  /** The picture's column of their first; where they do not reach, nothing of the person shows. */
  readonly left: number
  readonly plain: Raster
  readonly sharp: Raster
}

/**
 * Some rows of the portrait, linear light. Every pixel depends on its own place only, so any rows of any size fit
 * together.
 *
 * @param size of the whole picture; `top` is the first row, `count` how many
 */
export function composeRows(
  composition: Composition,
  person: PersonRows,
  size: Size,
  top: number,
  count: number
): Raster {
  const { settings } = composition
  const rows = resizeRows(composition.backdrop, size, top, count, 'cubic')
  // Where nothing is resampled the rows are the backdrop itself, which other portraits share.
  const picture = rows.data.buffer === composition.backdrop.data.buffer ? { ...rows, data: rows.data.slice() } : rows
  const covered = layPersonOver(picture, composition, person, size, top)
  if (composition.grade)
    applyGrade(picture, composition.grade, resizeRows(composition.skin, size, top, count, 'bilinear'))
  if (composition.isMonochrome) removeColour(picture)
  const { sigma, size: grainSize } = composition.grain
  const enlarged = { sigma, size: (grainSize * size.width) / composition.workingWidth }
  const strength = settings['detail.grainMatch']
  addGrain(picture, enlarged, { seed: composition.seed, left: 0, top, covered, strength })
  return picture
}

/** Mixes the person into rows of the backdrop. @returns how far they cover it, 1 channel */
function layPersonOver(
  picture: Raster,
  composition: Composition,
  { left, plain, sharp }: PersonRows,
  size: Size,
  top: number
): Raster {
  const covered = createRaster(picture.width, picture.height, 1)
  const layers = layersOf(composition, size, top, picture.height)
  const alpha = new Float32Array(size.width)
  const mix = personMixer(composition, layers)
  const span = 3 * plain.width
  for (let row = 0; row < picture.height; row++) {
    const share = covered.data.subarray(row * size.width, (row + 1) * size.width)
    const seen = plain.data.subarray(row * span, (row + 1) * span)
    renderAlpha(layers, top + row, seen, left, alpha)
    share.set(alpha)
    layers.fade?.moveTo(top + row)
    layers.fade?.enlarge(left, left + plain.width)
    if (layers.fade) multiply(share, layers.fade.row, left, left + plain.width)
    mix(picture.data.subarray(3 * row * size.width, 3 * (row + 1) * size.width), top + row, {
      left,
      seen,
      sharp: sharp.data.subarray(row * span, (row + 1) * span),
      alpha,
      share
    })
  }
  return covered
}

function renderAlpha(
  { matte, alpha }: Layers,
  y: number,
  seen: Float32Array,
  left: number,
  target: Float32Array
): void {
  if (alpha === null) {
    matte.render(y, seen, left, target)
    return
  }
  const end = left + seen.length / 3
  target.fill(0)
  alpha.moveTo(y)
  alpha.enlarge(left, end)
  target.set(alpha.row.subarray(left, end), left)
}

function multiply(target: Float32Array, factors: Float32Array, first: number, end: number): void {
  for (let at = first; at < end; at++) target[at] = (target[at] ?? 0) * (factors[at] ?? 0)
}

interface Layers {
  readonly matte: MatteRows
  readonly alpha: EnlargedRows | null
  readonly fade: EnlargedRows | null
  readonly own: EnlargedRows
  readonly old: EnlargedRows
  readonly gain: EnlargedRows
  readonly wrapAmount: EnlargedRows
  readonly wrapLight: EnlargedRows
  readonly hair: EnlargedRows | null
  readonly rim: EnlargedRows | null
  readonly eyes: EnlargedRows | null
}

function layersOf(composition: Composition, size: Size, top: number, count: number): Layers {
  const { fade, colours, gain, wrap, halo, redEyes } = composition
  const layer = (raster: Raster) => new EnlargedRows(raster, size, top, count)
  return {
    matte: new MatteRows(composition.matte, size, top, count),
    alpha: composition.alpha && layer(composition.alpha),
    fade: fade && layer(fade),
    own: layer(colours.person),
    old: layer(colours.background),
    gain: layer(gain),
    wrapAmount: layer(wrap.amount),
    wrapLight: layer(wrap.light),
    hair: halo && layer(halo.hair),
    rim: halo && layer(halo.rim),
    eyes: redEyes && layer(redEyes.eyes)
  }
}

/** One row of the person. */
interface PersonRow {
  /** Column of the first pixel of `seen` and `sharp`. */
  readonly left: number
  readonly seen: Float32Array
  readonly sharp: Float32Array
  /** Of whole rows: the matte, and what of the person is shown. */
  readonly alpha: Float32Array
  readonly share: Float32Array
}

/** @returns what mixes the person into row `y` of the picture */
function personMixer({ settings, redEyes }: Composition, layers: Layers) {
  const { own, old, gain, wrapAmount, wrapLight, hair, rim, eyes } = layers
  const spill = (1 - settings['matte.decontamination']) ** SPILL_POWER
  const tone = personToneFactor(settings)
  const front = new Float64Array(3)
  const shown = new Uint8Array(wrapAmount.row.length)
  const edge = new Uint8Array(shown.length)
  const rimmed = new Uint8Array(shown.length)
  const skinLight = redEyes?.skin ?? null
  return (row: Float32Array, y: number, { left, seen, sharp, alpha, share }: PersonRow): void => {
    const end = left + seen.length / 3
    for (let x = left; x < end; x++) {
      shown[x] = (share[x] ?? 0) === 0 ? 0 : 1
      edge[x] = shown[x] === 0 || alpha[x] === 1 ? 0 : 1
    }
    const read = (layer: EnlargedRows | null, wanted: Uint8Array) => {
      layer?.moveTo(y)
      layer?.enlarge(left, end, wanted)
    }
    read(rim, shown)
    for (let x = left; x < end; x++) {
      rimmed[x] = shown[x] === 1 && (rim?.row[x] ?? 0) > 0 ? 1 : 0
      // The halo is told by the old background, which edges need as well.
      edge[x] = (edge[x] ?? 0) | (rimmed[x] ?? 0)
    }
    read(own, edge)
    read(old, edge)
    read(hair, rimmed)
    read(gain, shown)
    read(eyes, shown)
    read(wrapAmount, shown)
    read(wrapLight, shown)
    for (let x = left, from = 0; x < end; x++, from += 3) {
      if (shown[x] === 0) continue
      const at = 3 * x
      const matte = alpha[x] ?? 0
      for (let c = 0; c < 3; c++) {
        const light = seen[from + c] ?? 0
        const clean = matte === 1 ? light : unmix(light, matte, own.row[at + c] ?? 0, old.row[at + c] ?? 0)
        // At the edge raised detail would be the step to the old background.
        const detail = ((sharp[from + c] ?? 0) - light) * matte * matte
        front[c] = Math.max(0, clean + (light - clean) * spill + detail)
      }
      if (hair && rimmed[x] === 1) calmHalo(front, hair.row, old.row, at, rim?.row[x] ?? 0)
      for (let c = 0; c < 3; c++) front[c] = (front[c] ?? 0) * (gain.row[at + c] ?? 1)
      const eye = eyes?.row[x] ?? 0
      if (skinLight && eye > 0) {
        const dimmed = redEyeGain(seen[from] ?? 0, seen[from + 1] ?? 0, seen[from + 2] ?? 0, skinLight)
        front[0] = (front[0] ?? 0) * (1 + (dimmed - 1) * eye)
      }
      const kept = tone(luminance(front[0] ?? 0, front[1] ?? 0, front[2] ?? 0)) * (1 - (wrapAmount.row[x] ?? 0))
      const covered = share[x] ?? 0
      for (let c = 0; c < 3; c++) {
        const person = (front[c] ?? 0) * kept + (wrapLight.row[at + c] ?? 0)
        row[at + c] = person * covered + (row[at + c] ?? 0) * (1 - covered)
      }
    }
  }
}
