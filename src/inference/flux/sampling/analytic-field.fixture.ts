import type { Size } from '../../../domain/geometry.ts'
import { createRaster, type Raster } from '../../pixels/raster.ts'
import { crop, resize } from '../../pixels/resample.ts'
import type { FluxFamily } from './family.ts'
import type { ReferenceFit } from './picture-size.ts'
import type { PredictVelocity, VelocityInput } from './sampler.ts'
import { gridOf, type TokenGrid } from './token-grid.ts'

/**
 * Stand-ins for a model that can be written down, as those are that the golden numbers were made with: a velocity field,
 * an autoencoder that averages, noise and prompts that follow from the index. Everything in doubles.
 */

const WEIGHTS = [0.05, 0.02, 0.03, 0.04]
const TEXT_WEIGHTS = [0.05, 0.02, 0.03, 0.0004]
const EPSILON = 1e-4

const mean = (values: ArrayLike<number>) => {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0
  return sum / values.length
}

/** Noise as tokens. */
export function noiseTokens(family: FluxFamily, size: Size): Float32Array {
  const [, channels = 0, height = 0, width = 0] = family.tokens.latentShape(gridOf(size))
  const latents = new Float32Array(channels * height * width)
  let at = 0
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++)
        latents[at++] = unscaled(family, 1.2 * Math.sin(0.7 * c + 0.31 * y + 0.17 * x + 0.5))
    }
  }
  return family.tokens.pack(latents, gridOf(size))
}

/** What `pack` makes the value of. */
const unscaled = ({ id }: FluxFamily, value: number) => (id === 'flux2-klein' ? value : value / 0.3611 + 0.1159)

/** Tokens of a synthetic photo, brought to what the model looks at, through an encoder that averages 8 × 8 pixels. */
export function photoTokens(family: FluxFamily, photo: Size, { scaled, size }: ReferenceFit): Float32Array {
  const whole = resize(syntheticPhoto(photo), scaled.width, scaled.height)
  const x = Math.floor((scaled.width - size.width) / 2)
  const y = Math.floor((scaled.height - size.height) / 2)
  const means = cellMeans(crop(whole, { x, y, ...size }))
  const [columns, rows] = [size.width / 8, size.height / 8]
  const channels = family.id === 'flux2-klein' ? 32 : 16
  const plane = columns * rows
  const latents = new Float32Array(channels * plane)
  for (let c = 0; c < channels; c++) {
    for (let at = 0; at < plane; at++) latents[c * plane + at] = (means[3 * at + (c % 3)] ?? 0) * (0.5 + 0.05 * c)
  }
  const isPatched = family.id === 'flux2-klein'
  return family.tokens.pack(isPatched ? patchified(latents, columns, rows) : latents, gridOf(size))
}

function syntheticPhoto({ width, height }: Size): Raster {
  const raster = createRaster(width, height, 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      raster.data.set([(3 * x + y) % 256, (x + 2 * y) % 256, (x * y) % 256], at)
    }
  }
  return raster
}

/** Of each 8 × 8 pixels the mean of −1..1, interleaved. */
function cellMeans({ data, width, height }: Raster): Float64Array {
  const means = new Float64Array((3 * width * height) / 64)
  for (let at = 0; at < data.length; at++) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)]
    const cell = 3 * ((y >> 3) * (width / 8) + (x >> 3)) + (at % 3)
    means[cell] = (means[cell] ?? 0) + ((2 * (data[at] ?? 0)) / 255 - 1) / 64
  }
  return means
}

const deviation = (channel: number) => Math.sqrt(1 + 0.02 * channel + EPSILON)

/** [32, 2h, 2w] → [128, h, w], normalised by the batch norm of the stand-in. */
function patchified(latents: Float32Array, columns: number, rows: number): Float32Array {
  const patched = new Float32Array(latents.length)
  eachPatch(columns, rows, (packed, flat, k) => {
    patched[packed] = ((latents[flat] ?? 0) - 0.01 * k) / deviation(k)
  })
  return patched
}

/** The inverse: what the decoder of FLUX.2 itself is given. */
export function unpatchified(patched: Float32Array, { columns, rows }: TokenGrid): Float32Array {
  const latents = new Float32Array(patched.length)
  eachPatch(2 * columns, 2 * rows, (packed, flat, k) => {
    latents[flat] = (patched[packed] ?? 0) * deviation(k) + 0.01 * k
  })
  return latents
}

function eachPatch(columns: number, rows: number, each: (packed: number, flat: number, channel: number) => void): void {
  const patches = (columns / 2) * (rows / 2)
  for (let c = 0; c < 32; c++) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const k = 4 * c + 2 * (y & 1) + (x & 1)
        each(k * patches + (y >> 1) * (columns / 2) + (x >> 1), (c * rows + y) * columns + x, k)
      }
    }
  }
}

/** A step as the transformer sees it. */
interface FieldCall {
  readonly timestep: number
  readonly seq: number
  readonly guidance: number | null
  readonly txt_seq: number
  readonly img_ids_last: number[]
  readonly txt_ids_last: number[]
}

/** The field, and what it was called with. */
export function analyticField(family: FluxFamily, words: number): { predict: PredictVelocity; calls: FieldCall[] } {
  const { idAxes, channels } = family.tokens
  const prompt = promptMean(words, family.id === 'flux2-klein' ? 7680 : 4096)
  const pooled =
    family.id === 'flux2-klein' ? 0 : mean(Float64Array.from({ length: 768 }, (_, d) => Math.cos(0.05 * d)))
  const calls: FieldCall[] = []
  const predict = async (input: VelocityInput) => {
    const { hidden, tokens, timestep: t, guidance, pictureIds, textIds } = input
    calls.push({
      timestep: t,
      seq: tokens,
      guidance,
      txt_seq: textIds.length / idAxes,
      img_ids_last: Array.from(pictureIds.slice(-idAxes)),
      txt_ids_last: Array.from(textIds.slice(-idAxes))
    })
    const dot = (ids: Float32Array, token: number, weights: number[]) =>
      weights.slice(0, idAxes).reduce((sum, weight, axis) => sum + weight * (ids[token * idAxes + axis] ?? 0), 0)
    const places = Float64Array.from({ length: words }, (_, word) => dot(textIds, word, TEXT_WEIGHTS))
    const shared = 0.1 * prompt + 0.05 * mean(hidden) + 0.01 * mean(places) + 0.05 * pooled + 0.02 * (guidance ?? 0)
    const velocity = new Float32Array(hidden.length)
    for (let token = 0; token < tokens; token++) {
      const own = 0.3 * Math.sin(3 * t + dot(pictureIds, token, WEIGHTS)) + shared
      for (let at = token * channels; at < (token + 1) * channels; at++)
        velocity[at] = (0.7 + 0.2 * t) * (hidden[at] ?? 0) + own
    }
    return velocity
  }
  return { predict, calls }
}

function promptMean(words: number, width: number): number {
  let sum = 0
  for (let l = 0; l < words; l++) for (let d = 0; d < width; d++) sum += Math.sin(0.1 * l + 0.01 * d + 0.2)
  return sum / (words * width)
}
