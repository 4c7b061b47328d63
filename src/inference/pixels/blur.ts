import { StudioError } from '../../domain/errors.ts'
import { createRaster, type Raster } from './raster.ts'
import { boxPass, convolve } from './vector-passes.ts'

/** Mean over a square of (2·radius + 1)² pixels, edges repeated. Its cost does not depend on the radius (0 or more, whole). */
export function boxBlur(raster: Raster, radius: number): Raster {
  if (!Number.isInteger(radius) || radius < 0) throw new StudioError('internal', `A box of radius ${radius}.`)
  return repeatedBox(raster, radius, 0, 1)
}

/** Below this a neighbour weighs less than e⁻³⁰. */
const NOTHING_BELOW = 0.125
/** Up to this standard deviation the kernel itself is run: its taps are few. */
const DIRECT_UP_TO = 2
const PASSES = 4

/**
 * Gaussian blur, standard deviation in pixels, edges repeated. Small ones are sampled to 4σ. Larger ones are four extended
 * boxes of exactly the right variance (Gwosdek, Grewenig, Bruhn, Weickert: "Theoretical foundations of Gaussian
 * convolution by extended box filtering", SSVM 2011): along either axis within 4 % of the peak of
 * a true Gaussian.
 */
export function gaussianBlur(raster: Raster, sigma: number): Raster {
  const { width, height, channels } = raster
  if (!(sigma >= 0)) throw new StudioError('internal', `A blur of ${sigma} pixels.`)
  if (sigma < NOTHING_BELOW) return { ...raster, data: raster.data.slice() }
  if (sigma <= DIRECT_UP_TO) {
    const target = createRaster(width, height, channels)
    convolve(raster.data, target.data, width, height, channels, gaussianTaps(sigma))
    return target
  }
  const { radius, edge } = extendedBox(sigma, PASSES)
  return repeatedBox(raster, radius, edge, PASSES)
}

/** Whole radius and the weight of the two pixels beyond it, such that `passes` boxes have the variance σ². */
export function extendedBox(sigma: number, passes: number): { radius: number; edge: number } {
  const variance = (sigma * sigma) / passes
  const radius = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2)
  const width = 2 * radius + 1
  const edge = (width * (variance - (radius * (radius + 1)) / 3)) / (2 * ((radius + 1) ** 2 - variance))
  return { radius, edge }
}

/** From the middle outwards. */
function gaussianTaps(sigma: number): Float32Array {
  const reach = Math.ceil(4 * sigma)
  const taps = Float32Array.from({ length: reach + 1 }, (_, at) => Math.exp(-(at ** 2) / (2 * sigma * sigma)))
  const sum = 2 * taps.reduce((total, tap) => total + tap, 0) - 1
  return taps.map((tap) => tap / sum)
}

function repeatedBox(raster: Raster, radius: number, edge: number, passes: number): Raster {
  const { width, height, channels } = raster
  const target = { ...raster, data: raster.data.slice() }
  for (let pass = 0; pass < passes; pass++) boxPass(target.data, width, height, channels, radius, edge)
  return target
}
