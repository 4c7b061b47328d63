import { PIXELS_PER_TOKEN } from '../../../domain/flux-size.ts'
import type { EncodedPhoto } from './photo-latents.ts'

/** Tokens the projection is fitted to: many times as many as there are channels. */
const MOST_SAMPLES = 1024
/** Share of the mean variance that is added to each: enough that channels which say nothing get no weight. */
const RIDGE = 1e-3

/** The colour of a token's pixels, on average, as a linear map of its channels: [3, channels + 1], the last is constant. */
export type PreviewProjection = Float32Array

/**
 * Fitted by least squares to a photo that went through the model's own encoder, so that it is right for whatever model
 * there is.
 */
export function fitPreview(photo: EncodedPhoto, channels: number): PreviewProjection {
  const count = photo.grid.columns * photo.grid.rows
  const stride = Math.max(1, Math.floor(count / MOST_SAMPLES))
  const size = channels + 1
  const normal = new Float64Array(size * size)
  const right = new Float64Array(size * 3)
  const values = new Float64Array(size).fill(1)
  for (let token = 0; token < count; token += stride) {
    for (let at = 0; at < channels; at++) values[at] = photo.tokens[token * channels + at] ?? 0
    const colour = meanColour(photo, token)
    for (let row = 0; row < size; row++) {
      const value = values[row] ?? 0
      for (let column = 0; column <= row; column++) {
        const at = row * size + column
        normal[at] = (normal[at] ?? 0) + value * (values[column] ?? 0)
      }
      for (let c = 0; c < 3; c++) right[row * 3 + c] = (right[row * 3 + c] ?? 0) + value * (colour[c] ?? 0)
    }
  }
  let trace = 0
  for (let row = 0; row < channels; row++) trace += normal[row * size + row] ?? 0
  const ridge = Math.max(1e-6, (RIDGE * trace) / channels)
  for (let row = 0; row < size; row++) normal[row * size + row] = (normal[row * size + row] ?? 0) + ridge
  solve(normal, right, size)
  const projection = new Float32Array(3 * size)
  for (let row = 0; row < size; row++) for (let c = 0; c < 3; c++) projection[c * size + row] = right[row * 3 + c] ?? 0
  return projection
}

function meanColour({ planes, grid, size }: EncodedPhoto, token: number): [number, number, number] {
  const left = (token % grid.columns) * PIXELS_PER_TOKEN
  const top = Math.floor(token / grid.columns) * PIXELS_PER_TOKEN
  const sums: [number, number, number] = [0, 0, 0]
  for (let c = 0; c < 3; c++) {
    for (let y = top; y < top + PIXELS_PER_TOKEN; y++) {
      const row = (c * size.height + y) * size.width
      for (let x = left; x < left + PIXELS_PER_TOKEN; x++) sums[c] = (sums[c] ?? 0) + (planes[row + x] ?? 0)
    }
    sums[c] = (sums[c] ?? 0) / PIXELS_PER_TOKEN ** 2
  }
  return sums
}

/** Cholesky's decomposition of a positive definite matrix, of which the lower half is given, and three right sides; in place. */
function solve(matrix: Float64Array, right: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] ?? 0
      for (let k = 0; k < column; k++) sum -= (matrix[row * size + k] ?? 0) * (matrix[column * size + k] ?? 0)
      matrix[row * size + column] = row === column ? Math.sqrt(sum) : sum / (matrix[column * size + column] ?? 1)
    }
  }
  for (let c = 0; c < 3; c++) {
    for (let row = 0; row < size; row++) {
      let sum = right[row * 3 + c] ?? 0
      for (let k = 0; k < row; k++) sum -= (matrix[row * size + k] ?? 0) * (right[k * 3 + c] ?? 0)
      right[row * 3 + c] = sum / (matrix[row * size + row] ?? 1)
    }
    for (let row = size - 1; row >= 0; row--) {
      let sum = right[row * 3 + c] ?? 0
      for (let k = row + 1; k < size; k++) sum -= (matrix[k * size + row] ?? 0) * (right[k * 3 + c] ?? 0)
      right[row * 3 + c] = sum / (matrix[row * size + row] ?? 1)
    }
  }
}
