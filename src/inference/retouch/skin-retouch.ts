import type { Box } from '../../domain/geometry.ts'
import { boxBlur, gaussianBlur } from '../pixels/blur.ts'
import { toOklab } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { crop } from '../pixels/resample.ts'
import { selfGuidedFilter } from '../pixels/self-guided-filter.ts'
import { faceAreas } from './face-areas.ts'
import type { PersonInFrame } from './person-in-frame.ts'

/** Widths of the face: finer than this is texture and stays; blotches up to this are evened. */
const TEXTURE = 0.01
const BLOTCH = 0.06
/** Variance, of roots of linear light, that counts as a blotch and not as the shape of the face. */
const BLOTCH_VARIANCE = 0.008
/** Share of a blotch that full strength takes away, and the most it moves a colour. */
const MOST_EVENED = 0.85
const LIMIT = { least: 0.82, most: 1.22 }
/**
 * Shine: skin brighter than the mean skin around it by more than a share of its root, and paler, since what is mirrored
 * has the lamp's colour. Widths of the face the mean is taken over, and the share of the excess that full strength takes
 * away: with more of it gone a face looks flat.
 */
const SHINE = { around: 0.22, from: 0.1, taken: 0.7, paler: 4 }
/** Stops that full strength brightens the eyes by, and shares by which it takes the yellow off teeth and brightens them. */
const EYES = 0.16
const TEETH = { yellow: 0.45, brighter: 0.06 }

/**
 * What the person's light is multiplied by for an even skin that keeps its pores and shines less, clearer eyes and whiter teeth:
 * frequency separation, in which only the middle band is touched. 3 channels, smooth, as large as `colours`.
 *
 * @param colours the person's own colours, linear light; the person is in their pixels
 * @param strength 0 none .. 1
 */
export function skinRetouch(colours: Raster, person: PersonInFrame, strength: number): Raster {
  const gain = createRaster(colours.width, colours.height, 3)
  gain.data.fill(1)
  if (strength > 0) {
    const region = retouchedRegion(person)
    const span = 3 * region.width
    const { data } = retouchRegion(crop(colours, region), personIn(region, person), strength)
    for (let row = 0; row < region.height; row++) {
      const to = 3 * ((region.y + row) * gain.width + region.x)
      gain.data.set(data.subarray(row * span, (row + 1) * span), to)
    }
  }
  return gain
}

function retouchRegion(colours: Raster, person: PersonInFrame, strength: number): Raster {
  const { width, height } = colours
  const { faceWidth } = person
  const areas = faceAreas(person.face, faceWidth, colours)
  const [faceSkin, bodySkin] = [person.faceSkin.data, person.bodySkin.data]
  const roots = createRaster(width, height, 3)
  for (let at = 0; at < roots.data.length; at++) roots.data[at] = Math.sqrt(Math.max(0, colours.data[at] ?? 0))
  const base = gaussianBlur(roots, TEXTURE * faceWidth)
  const even = selfGuidedFilter(base, Math.max(1, Math.round(BLOTCH * faceWidth)), BLOTCH_VARIANCE)
  const shine = shineOn(base, faceSkin, faceWidth)
  const gain = createRaster(width, height, 3)
  for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += 3) {
    const skin = ((faceSkin[pixel] ?? 0) + (bodySkin[pixel] ?? 0)) * (1 - (areas.features.data[pixel] ?? 0))
    const share = Math.min(1, skin) * strength * MOST_EVENED
    const matt = 1 - strength * (shine[pixel] ?? 0) * (1 - (areas.features.data[pixel] ?? 0))
    const eyes = 2 ** (EYES * strength * (areas.eyes.data[pixel] ?? 0))
    for (let c = 0; c < 3; c++) {
      const root = (even.data[at + c] ?? 0) / Math.max(0.02, base.data[at + c] ?? 0)
      const ratio = Math.min(LIMIT.most, Math.max(LIMIT.least, root * root))
      gain.data[at + c] = (1 + (ratio - 1) * share) * eyes * matt * matt
    }
    whitenTeeth(gain.data, base.data, at, strength * (areas.mouth.data[pixel] ?? 0))
  }
  return gain
}

/** Share of the root of light that full strength takes from the shine of the face, 0 where there is none. */
function shineOn(base: Raster, faceSkin: Float32Array, faceWidth: number): Float32Array {
  const { width, height } = base
  // Light and the share of its strongest channel that the weakest lacks, both weighted by the skin.
  const seen = createRaster(width, height, 3)
  for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += 3) {
    const skin = faceSkin[pixel] ?? 0
    seen.data[at] = skin
    seen.data[at + 1] = skin * (base.data[at + 1] ?? 0)
    seen.data[at + 2] = skin * paleness(base.data, at)
  }
  const mean = boxBlur(seen, Math.max(1, Math.round(SHINE.around * faceWidth))).data
  const shine = new Float32Array(width * height)
  for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += 3) {
    const skin = mean[at] ?? 0
    if (skin < SEEN || (faceSkin[pixel] ?? 0) === 0) continue
    const root = base.data[at + 1] ?? 0
    const over = root - ((1 + SHINE.from) * (mean[at + 1] ?? 0)) / skin
    if (over <= 0) continue
    const paler = Math.min(1, Math.max(0, SHINE.paler * (paleness(base.data, at) - (mean[at + 2] ?? 0) / skin)))
    shine[pixel] = ((SHINE.taken * over) / root) * paler * (faceSkin[pixel] ?? 0)
  }
  return shine
}

/** 0 for a pure colour, 1 for grey. */
function paleness(roots: Float32Array, at: number): number {
  const r = roots[at] ?? 0
  const g = roots[at + 1] ?? 0
  const b = roots[at + 2] ?? 0
  return Math.min(r, g, b) / Math.max(1e-3, r, g, b)
}

/** Less skin than this is not retouched. */
const SEEN = 0.01
/** Widths of the face around skin and features that the filters see. */
const AROUND = 3 * BLOTCH

/** Whole pixels that hold all skin and the face, and what the filters see around them. */
function retouchedRegion({ face, faceWidth, faceSkin, bodySkin }: PersonInFrame): Box {
  const { width, height } = faceSkin
  const { points } = face.mesh
  const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most)
  let left = clamp(Math.min(...points.map(({ x }) => x)), width - 1)
  let top = clamp(Math.min(...points.map(({ y }) => y)), height - 1)
  let right = clamp(Math.max(...points.map(({ x }) => x)), width)
  let bottom = clamp(Math.max(...points.map(({ y }) => y)), height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if ((faceSkin.data[at] ?? 0) + (bodySkin.data[at] ?? 0) < SEEN) continue
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x + 1)
      bottom = Math.max(bottom, y + 1)
    }
  }
  const margin = AROUND * faceWidth
  const [x, y] = [clamp(Math.floor(left - margin), width - 1), clamp(Math.floor(top - margin), height - 1)]
  return {
    x,
    y,
    width: Math.max(1, clamp(Math.ceil(right + margin), width) - x),
    height: Math.max(1, clamp(Math.ceil(bottom + margin), height) - y)
  }
}

function personIn(region: Box, person: PersonInFrame): PersonInFrame {
  const { mesh } = person.face
  const points = mesh.points.map((point) => ({ ...point, x: point.x - region.x, y: point.y - region.y }))
  return {
    ...person,
    face: { ...person.face, mesh: { ...mesh, points } },
    faceSkin: crop(person.faceSkin, region),
    bodySkin: crop(person.bodySkin, region)
  }
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
