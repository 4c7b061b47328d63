import { gaussianBlur } from '../pixels/blur.ts'
import { toOklab } from '../pixels/colour.ts'
import { guidedFilter } from '../pixels/guided-filter.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { faceAreas } from './face-areas.ts'
import type { PersonInFrame } from './person-in-frame.ts'

/** Widths of the face: finer than this is texture and stays; blotches up to this are evened. */
const TEXTURE = 0.014
const BLOTCH = 0.06
/** Variance, of roots of linear light, that counts as a blotch and not as the shape of the face. */
const BLOTCH_VARIANCE = 0.0035
/** Share of a blotch that full strength takes away, and the most it moves a colour. */
const MOST_EVENED = 0.85
const LIMIT = { least: 0.82, most: 1.22 }
/** Stops that full strength brightens the eyes by, and shares by which it takes the yellow off teeth and brightens them. */
const EYES = 0.16
const TEETH = { yellow: 0.45, brighter: 0.06 }

/**
 * What the person's light is multiplied by for an even skin that keeps its pores, clearer eyes and whiter teeth:
 * frequency separation, in which only the middle band is touched. 3 channels, smooth, as large as `colours`.
 *
 * @param colours the person's own colours, linear light; the person is in their pixels
 * @param strength 0 none .. 1
 */
export function skinRetouch(colours: Raster, person: PersonInFrame, strength: number): Raster | null {
  if (strength === 0) return null
  const { width, height } = colours
  const { faceWidth } = person
  const areas = faceAreas(person.face, faceWidth, width, height)
  const [faceSkin, bodySkin] = [person.faceSkin.data, person.bodySkin.data]
  const roots = { ...colours, data: colours.data.map((value) => Math.sqrt(Math.max(0, value))) }
  const base = gaussianBlur(roots, TEXTURE * faceWidth)
  const even = evened(base, Math.max(1, Math.round(BLOTCH * faceWidth)))
  const gain = createRaster(width, height, 3)
  for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += 3) {
    const skin = ((faceSkin[pixel] ?? 0) + (bodySkin[pixel] ?? 0)) * (1 - (areas.features.data[pixel] ?? 0))
    const share = Math.min(1, skin) * strength * MOST_EVENED
    const eyes = 2 ** (EYES * strength * (areas.eyes.data[pixel] ?? 0))
    for (let c = 0; c < 3; c++) {
      const ratio = ((even.data[at + c] ?? 0) / Math.max(0.02, base.data[at + c] ?? 0)) ** 2
      gain.data[at + c] = (1 + (Math.min(LIMIT.most, Math.max(LIMIT.least, ratio)) - 1) * share) * eyes
    }
    whitenTeeth(gain.data, base.data, at, strength * (areas.mouth.data[pixel] ?? 0))
  }
  return gain
}

/** Every channel smoothed where the picture varies less than shape does. */
function evened(base: Raster, radius: number): Raster {
  const { width, height } = base
  const even = createRaster(width, height, 3)
  for (let c = 0; c < 3; c++) {
    const channel = createRaster(width, height, 1)
    for (let pixel = 0; pixel < channel.data.length; pixel++) channel.data[pixel] = base.data[3 * pixel + c] ?? 0
    const smooth = guidedFilter(base, channel, radius, BLOTCH_VARIANCE)
    for (let pixel = 0; pixel < channel.data.length; pixel++) even.data[3 * pixel + c] = smooth.data[pixel] ?? 0
  }
  return even
}

const lab = new Float64Array(3)
/** In Oklab, teeth are lighter than this and their red-green stays below; lips and gums are redder. */
const TEETH_LIGHTNESS = 0.5
const TEETH_RED = 0.045

function whitenTeeth(gain: Float32Array, roots: Float32Array, at: number, strength: number): void {
  if (strength < 0.01) return
  const [r, g, b] = [(roots[at] ?? 0) ** 2, (roots[at + 1] ?? 0) ** 2, (roots[at + 2] ?? 0) ** 2]
  toOklab(lab, 0, r, g, b)
  const [lightness = 0, red = 0] = lab
  const likely =
    Math.min(1, Math.max(0, (lightness - TEETH_LIGHTNESS) * 8)) * Math.min(1, Math.max(0, (TEETH_RED - red) * 60))
  if (likely === 0 || b >= (r + g) / 2) return
  const share = strength * likely
  const whiter = 1 + (((r + g) / 2 / Math.max(1e-4, b)) ** TEETH.yellow - 1) * share
  for (let c = 0; c < 3; c++) gain[at + c] = (gain[at + c] ?? 1) * (1 + TEETH.brighter * share)
  gain[at + 2] = (gain[at + 2] ?? 1) * whiter
}
