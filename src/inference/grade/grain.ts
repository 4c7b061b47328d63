import type { Size } from '../../domain/geometry.ts'
import { luminance } from '../pixels/colour.ts'
import { cubeRoot } from '../pixels/cube-root.ts'
import type { Raster } from '../pixels/raster.ts'
import { grainField } from './grain-field.ts'

/** Noise of a photo: of its film, its sensor, or what a camera's noise reduction left. */
export interface Grain {
  /** Standard deviation in the cube root of luminance, which is Oklab's lightness of a grey. */
  readonly sigma: number
  /** Pixels across a grain, 1 and up. */
  readonly size: number
}

/** Edge of the blocks on which noise is measured, pixels: small enough to lie between the pores and folds of a person. */
const BLOCK = 8
/**
 * Share of the blocks, the flattest, that show little but noise. On pure noise this finds 0.85 of it, on the people of
 * the sample photos 1.3 to 2 times what their plain backgrounds show.
 */
const FLAT = 0.05
/** More than any film or sensor that a portrait is taken with; what exceeds it is cloth or hair. */
const MAX_SIGMA = 0.015
/** Lightness outside which noise is clipped away. */
const SEEN = { min: 0.15, max: 0.95 }
const MAX_SIZE = 4
/** Blocks looked at, at most: of a larger picture a regular grid of them tells as much. */
const MOST_BLOCKS = 12_000
/** Below it a picture counts as clean: it is less than a tenth of an 8-bit step. */
const CLEAN = 2e-4
/**
 * Size of the grain by the correlation ρ of neighbours, (1 − ρ)^−GROWTH. What `grainField` makes has 0.57; blocks this
 * small show less correlation than there is.
 */
const GROWTH = 0.75

/**
 * Grain of a picture, from its flattest blocks: what is left of a block's lightness beyond a plane is noise, and how
 * far neighbours agree in it tells the size of the grain.
 *
 * @param mask 1 channel over the same frame, any size: only blocks wholly inside (≥ 0.9) count; left out, all do
 */
export function measureGrain(picture: Raster, mask?: Raster): Grain {
  const inside = mask && insideOf(mask, picture)
  const blocks: BlockNoise[] = []
  const step = BLOCK * Math.max(1, Math.ceil(Math.sqrt((picture.width * picture.height) / BLOCK ** 2 / MOST_BLOCKS)))
  for (let top = 0; top + BLOCK <= picture.height; top += step) {
    for (let left = 0; left + BLOCK <= picture.width; left += step) {
      if (inside && !inside(left, top)) continue
      const noise = noiseOfBlock(picture, left, top)
      if (noise !== null) blocks.push(noise)
    }
  }
  blocks.sort((a, b) => a.sigma - b.sigma)
  const flat = blocks.slice(0, Math.ceil(FLAT * blocks.length))
  const sigma = flat.at(-1)?.sigma ?? 0
  if (sigma < CLEAN) return { sigma: 0, size: 1 }
  const correlation = flat.reduce((sum, block) => sum + block.correlation, 0) / flat.length
  const size = (1 - Math.min(0.99, Math.max(0, correlation))) ** -GROWTH
  return { sigma: Math.min(MAX_SIGMA, sigma), size: Math.min(MAX_SIZE, size) }
}

/** Whether a block of the picture lies inside the mask, read where its places are. */
function insideOf({ data, width, height }: Raster, picture: Size): (left: number, top: number) => boolean {
  const [across, down] = [width / picture.width, height / picture.height]
  return (left, top) => {
    const right = Math.min(width - 1, Math.ceil((left + BLOCK) * across) - 1)
    const bottom = Math.min(height - 1, Math.ceil((top + BLOCK) * down) - 1)
    for (let y = Math.floor(top * down); y <= bottom; y++) {
      for (let x = Math.floor(left * across); x <= right; x++) if ((data[y * width + x] ?? 0) < 0.9) return false
    }
    return true
  }
}

interface BlockNoise {
  readonly sigma: number
  /** Of neighbours, across and down. */
  readonly correlation: number
}

/** Σ of the squared distances from a block's middle along one axis, over the whole block. */
const SPREAD = (BLOCK ** 2 * (BLOCK ** 2 - 1)) / 12

const residual = new Float64Array(BLOCK * BLOCK)

function noiseOfBlock({ data, width }: Raster, left: number, top: number): BlockNoise | null {
  let [mean, across, down] = [0, 0, 0]
  for (let y = 0, to = 0; y < BLOCK; y++) {
    for (let x = 0; x < BLOCK; x++, to++) {
      const at = 3 * ((top + y) * width + left + x)
      const value = cubeRoot(luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0))
      residual[to] = value
      mean += value / residual.length
      across += (value * (x - (BLOCK - 1) / 2)) / SPREAD
      down += (value * (y - (BLOCK - 1) / 2)) / SPREAD
    }
  }
  if (!(mean >= SEEN.min && mean <= SEEN.max)) return null
  let squares = 0
  for (let to = 0; to < residual.length; to++) {
    const plane = across * ((to % BLOCK) - (BLOCK - 1) / 2) + down * (Math.floor(to / BLOCK) - (BLOCK - 1) / 2)
    const value = (residual[to] ?? 0) - mean - plane
    residual[to] = value
    squares += value * value
  }
  // Three terms of the plane are fitted away.
  return {
    sigma: Math.sqrt(squares / (residual.length - 3)),
    correlation: neighbourProducts() / Math.max(squares, 1e-30)
  }
}

/** Mean of the products with the neighbours across and down, scaled to the number of pixels. */
function neighbourProducts(): number {
  let sum = 0
  for (let to = 0; to < residual.length; to++) {
    const value = residual[to] ?? 0
    if (to % BLOCK < BLOCK - 1) sum += value * (residual[to + 1] ?? 0)
    if (to + BLOCK < residual.length) sum += value * (residual[to + BLOCK] ?? 0)
  }
  return (sum * residual.length) / (2 * BLOCK * (BLOCK - 1))
}

export interface GrainPlacement {
  readonly seed: number
  /** Where the rows given lie in the whole picture. */
  readonly left: number
  readonly top: number
  /** 1 channel, 0..1, same size: where something hides the grain, such as a matte; null is nowhere. */
  readonly covered: Raster | null
  /** Share of the grain where nothing covers it. */
  readonly strength: number
}

/** Adds grain in place: the same lightness for all channels, fading where film and sensor clip. */
export function addGrain(picture: Raster, grain: Grain, placement: GrainPlacement): void {
  if (grain.sigma <= 0) return
  const { covered, strength } = placement
  const field = grainField(placement.seed, grain.size)
  const { data, width, height } = picture
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const weight = strength * (covered === null ? 1 : 1 - (covered.data[pixel] ?? 0))
      if (weight <= 0) continue
      const at = 3 * pixel
      const l = cubeRoot(Math.max(0, luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)))
      if (l < 1e-3) continue
      const fade = Math.min(1, Math.max(0, (1 - l) / 0.12))
      const noisy = l + grain.sigma * weight * fade * field(placement.left + x, placement.top + y)
      const ratio = Math.max(0, noisy / l)
      const gain = ratio * ratio * ratio
      for (let c = 0; c < 3; c++) data[at + c] = (data[at + c] ?? 0) * gain
    }
  }
}
