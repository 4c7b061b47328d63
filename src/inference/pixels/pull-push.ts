import { createRaster, type Raster } from './raster.ts'

/**
 * Fills what is not known from what is known around it, smoothly: means of known pixels are pulled up a pyramid and
 * pushed back down into the holes. Gortler, Grzeszczuk, Szeliski, Cohen: "The Lumigraph", SIGGRAPH 1996, §3.4.
 *
 * @param weights 1 channel, 0 (unknown) .. 1 (known), same size; a picture in which nothing is known becomes black
 */
export function fillHoles(picture: Raster, weights: Raster): Raster {
  const { width, height, channels } = picture
  const known = createRaster(width, height, channels)
  for (let pixel = 0, at = 0; pixel < width * height; pixel++) {
    const weight = weights.data[pixel] ?? 0
    for (let c = 0; c < channels; c++, at++) known.data[at] = (picture.data[at] ?? 0) * weight
  }
  fill(known, weights.data)
  return known
}

/** `sums` holds colours times their weights; on return, colours everywhere. */
function fill(sums: Raster, weights: Float32Array): void {
  const { width, height } = sums
  if (width > 1 || height > 1) {
    const { smaller, smallerWeights } = pull(sums, weights)
    fill(smaller, smallerWeights)
    push(sums, weights, smaller)
    return
  }
  const weight = weights[0] ?? 0
  for (let c = 0; c < sums.data.length; c++) sums.data[c] = weight > 0 ? (sums.data[c] ?? 0) / weight : 0
}

function pull(picture: Raster, weights: Float32Array): { smaller: Raster; smallerWeights: Float32Array } {
  const { width, height, channels, data } = picture
  const smaller = createRaster(Math.ceil(width / 2), Math.ceil(height / 2), channels)
  const smallerWeights = new Float32Array(smaller.width * smaller.height)
  const sums = smaller.data
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from++) {
      const to = (y >> 1) * smaller.width + (x >> 1)
      smallerWeights[to] = (smallerWeights[to] ?? 0) + (weights[from] ?? 0)
      for (let c = 0, at = to * channels, read = from * channels; c < channels; c++, at++, read++) {
        sums[at] = (sums[at] ?? 0) + (data[read] ?? 0)
      }
    }
  }
  // Four known pixels do not count more than one: weights saturate, as in the paper.
  for (let at = 0; at < smallerWeights.length; at++) {
    const weight = smallerWeights[at] ?? 0
    if (weight <= 1) continue
    smallerWeights[at] = 1
    for (let c = at * channels; c < (at + 1) * channels; c++) sums[c] = (sums[c] ?? 0) / weight
  }
  return { smaller, smallerWeights }
}

/** Adds to each pixel what its weight lacks, interpolated from the smaller picture. */
function push(sums: Raster, weights: Float32Array, smaller: Raster): void {
  const { width, height, channels, data } = sums
  const coarse = smaller.data
  const lastX = smaller.width - 1
  const lastY = smaller.height - 1
  for (let y = 0; y < height; y++) {
    const v = Math.min(lastY, Math.max(0, (y + 0.5) / 2 - 0.5))
    const top = Math.floor(v)
    const bottom = Math.min(lastY, top + 1)
    for (let x = 0; x < width; x++) {
      const lacking = 1 - (weights[y * width + x] ?? 0)
      if (lacking <= 0) continue
      const u = Math.min(lastX, Math.max(0, (x + 0.5) / 2 - 0.5))
      const left = Math.floor(u)
      const right = Math.min(lastX, left + 1)
      const across = (right - left) * channels
      let above = (top * smaller.width + left) * channels
      let below = (bottom * smaller.width + left) * channels
      for (let c = 0, at = (y * width + x) * channels; c < channels; c++, at++, above++, below++) {
        const topLeft = coarse[above] ?? 0
        const bottomLeft = coarse[below] ?? 0
        const upper = topLeft + ((coarse[above + across] ?? 0) - topLeft) * (u - left)
        const lower = bottomLeft + ((coarse[below + across] ?? 0) - bottomLeft) * (u - left)
        data[at] = (data[at] ?? 0) + lacking * (upper + (lower - upper) * (v - top))
      }
    }
  }
}
