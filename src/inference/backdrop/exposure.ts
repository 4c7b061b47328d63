import { luminance } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { filmCurve, MIDDLE_GREY } from './film-curve.ts'

/** Longer edge of the copy on which exposure is measured, so that it does not depend on the size asked for. */
const MEASURED_EDGE = 64

/** How far the place follows the skin: light skin wants a lighter place, dark skin one that does not outshine it. */
const FOLLOW = 0.5
/** Luminance of skin in a photo that is neither black nor burnt out. */
const SKIN_RANGE = { min: 0.06, max: 0.5 }

/** At most this share of the frame may come out brighter than BRIGHT, or it eats light hair. */
const BRIGHT_SHARE = 0.2
const BRIGHT = 0.82
/** Stops the highlights may pull the place below its own exposure. */
const MOST_PULL = 1.2

/** Ascending luminances of a copy of fixed size. */
function sortedLuminances(raster: Raster): Float32Array {
  const scale = MEASURED_EDGE / Math.max(raster.width, raster.height)
  const small = resize(
    raster,
    Math.max(1, Math.round(raster.width * scale)),
    Math.max(1, Math.round(raster.height * scale)),
    'area'
  )
  const values = new Float32Array(small.width * small.height)
  for (let i = 0; i < values.length; i++) {
    values[i] = luminance(small.data[3 * i] ?? 0, small.data[3 * i + 1] ?? 0, small.data[3 * i + 2] ?? 0)
  }
  return values.sort()
}

const quantile = (sorted: Float32Array, share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0

/** Luminance half of the picture lies below; at least a tiny positive one. */
export function medianLuminance(raster: Raster): number {
  return Math.max(1e-6, quantile(sortedLuminances(raster), 0.5))
}

/** Stops a photograph is moved by at most: one taken at night, or of a white room, is to stay that. */
const PHOTOGRAPH_RANGE = 0.8

/**
 * What the light of a developed photo is multiplied by to stand behind the person, within half the way to where the
 * skin would have it: unlike a panorama's radiance, it has been exposed by someone already.
 *
 * @param subjectLuminance mean luminance of the person's skin, 0..1
 */
export function photographGain(backdrop: Raster, subjectLuminance: number, stops: number): number {
  const wanted = Math.log2(backdropGain(backdrop, subjectLuminance, 0)) / 2
  return 2 ** (Math.max(-PHOTOGRAPH_RANGE, Math.min(PHOTOGRAPH_RANGE, wanted)) + stops)
}

/**
 * What the radiance of a backdrop is multiplied by: its geometric mean lands where the skin calls for, `stops` from
 * it, and is pulled down where too much of the frame would be near white.
 *
 * @param subjectLuminance mean luminance of the person's skin, 0..1
 */
export function backdropGain(backdrop: Raster, subjectLuminance: number, stops: number): number {
  const sorted = sortedLuminances(backdrop)
  let sum = 0
  for (const value of sorted) sum += Math.log2(Math.max(1e-6, value))
  const mean = 2 ** (sum / sorted.length)
  const skin = Math.min(SKIN_RANGE.max, Math.max(SKIN_RANGE.min, subjectLuminance))
  const target = MIDDLE_GREY * (skin / MIDDLE_GREY) ** FOLLOW * 2 ** stops
  const gain = target / mean
  const highlight = quantile(sorted, 1 - BRIGHT_SHARE)
  return Math.max(gain * 2 ** -MOST_PULL, Math.min(gain, lightOf(BRIGHT) / Math.max(1e-6, highlight)))
}

/** Scene light that the film curve turns into `display`. */
function lightOf(display: number): number {
  let low = 0
  let high = 16
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (filmCurve(middle) < display) low = middle
    else high = middle
  }
  return low
}
